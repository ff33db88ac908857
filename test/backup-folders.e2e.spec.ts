import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { readEnvironment } from '../src/config/environment.js';
import { BACKUP_LOCK } from '../src/database/backup-lock.js';
import { assertSchema } from '../src/database/assert-schema.js';
import { dataSourceOptions } from '../src/database/connection.js';
import { MIGRATIONS } from '../src/database/migrations/index.js';
import { startEmbeddedPostgres } from '../src/embedded/embedded-postgres.js';
import { removeEmbeddedPostgres } from '../src/embedded/server-home.js';
import { ContentSweeps } from '../src/modules/processing/content.sweeps.js';
import { LocalObjectStore } from '../src/storage/local-object-store.js';
import { alertRow, datasetRow, jobRow, versionRow } from './factories/row.factory.js';
import { filesBelow, run, sha256, sumAgain } from './support/backup.js';
import { Command } from './support/command.js';
import { testDatabase, type TestDatabase } from './support/database.js';
import { eventually } from './support/eventually.js';
import { everyTable, fingerprint } from './support/fingerprint.js';
import { TestPlatform } from './support/platform.js';
import { S3Server } from './support/s3-server.js';
import { declared, filesIn, upload } from './support/uploads.js';

const HOUR_MS = 3_600_000;
const LEASE = `worker_id = 'worker_gone', lease_expires_at = clock_timestamp() + interval '1 minute'`;
const CONTENT = 'a,b\n1,2\n';
const MODEL = '{"format":"test"}';

describe('backups', () => {
  let base: string;
  let database: TestDatabase;
  const opened: TestDatabase[] = [];
  let backup: string;
  const ids = { running: '', pausing: '', stopping: '', waiting: '', processing: '', kept: '' };
  let variables: Record<string, string>;

  const fresh = async (template?: null) => {
    const made = await testDatabase(template);
    opened.push(made);
    return made;
  };
  const place = (name: string) => path.join(base, name);
  const into = (target: TestDatabase, name: string) => ({ DATABASE_URL: target.url, DATA_DIR: place(name) });
  const put = async (store: 'artifacts' | 'datasets', key: string, text: string, folder = place('data')) => {
    const { size } = await new LocalObjectStore(path.join(folder, store)).put(key, Buffer.from(text));
    return [key, size, sha256(text)] as const;
  };
  const contentOf = async (id: string, text = CONTENT, where = database, folder = place('data')) =>
    where.rows(
      `UPDATE training_datasets SET content_key = $2, content_bytes = $3, content_sha256 = $4, uploaded_at = now() WHERE id = $1`,
      [id, ...(await put('datasets', `${id}/content_1`, text, folder))],
    );
  const job = async (set: string) => {
    const id = await jobRow(database, ids.kept, { status: 'running', phase: 'training', attempt: 1 });
    await database.rows(`UPDATE training_jobs SET attempt = 1, current_epoch = 3, ${set} WHERE id = $1`, [id]);
    return id;
  };

  beforeAll(async () => {
    base = mkdtempSync(path.join(tmpdir(), 'backups-'));
    database = await fresh();
    variables = into(database, 'data');
    backup = place('whole');
    ids.kept = await datasetRow(database);
    await contentOf(ids.kept);
    const version = await versionRow(
      database,
      await jobRow(database, ids.kept, { status: 'completed', phase: 'done' }),
    );
    await database.rows(
      `UPDATE model_versions SET file_path = $2, file_size = $3, sha256 = $4, artefact_state = 'intact' WHERE id = $1`,
      [version, ...(await put('artifacts', 'm/job_1/attempt-1.json', MODEL))],
    );
    ids.running = await job(`${LEASE}, deadline_at = clock_timestamp() + interval '1 hour'`);
    ids.pausing = await job(`${LEASE}, phase = 'pausing', pause_requested_at = clock_timestamp()`);
    ids.stopping = await job(`${LEASE}, phase = 'stopping', cancel_requested_at = clock_timestamp()`);
    ids.waiting = await jobRow(database, ids.kept);
    ids.processing = await datasetRow(database, { status: 'processing' });
    await database.rows(`UPDATE training_datasets SET attempt = 1, generation = 1, ${LEASE} WHERE id = $1`, [
      ids.processing,
    ]);
    // Versions and jobs refer to each other, jobs to jobs.
    await database.rows(`UPDATE training_jobs SET kind = 'verification', verifies = $2, retry_of = $3 WHERE id = $1`, [
      ids.waiting,
      version,
      ids.running,
    ]);
    await alertRow(database, ids.running);
    await database.rows(`UPDATE alerts SET state = 'acknowledged'`);
    // What text formats trip over.
    await database.rows(
      `UPDATE training_jobs SET description = E'tab\\t, back\\\\slash, \\n\\r, \\\\N, "quotes", 日本 🙂', loss = 0.1::float8 + 0.2::float8,
        validation_loss = 'NaN', accuracy = 5e-324, error = '', hyperparameters = '{"a": [1.10, "\\\\u00e9\\\\n"]}' WHERE id = $1`,
      [ids.waiting],
    );
    await database.rows(`BEGIN;
      SELECT set_config('audit.author', '{"actor": "a", "action": "b", "requestId": "c", "address": "d"}', true);
      UPDATE models SET labels = '{"stage": "ü"}';
      COMMIT`);
    const { code, errors } = await run('cli/backup.js', variables, [backup]);
    expect([code, errors]).toEqual([0, []]);
  });

  afterAll(async () => {
    for (const each of opened) await each.drop();
    rmSync(base, { recursive: true, force: true });
  });

  /** A copy of the backup that somebody has been at. */
  const altered = (name: string, alter: (folder: string) => void) => {
    cpSync(backup, place(name), { recursive: true });
    alter(place(name));
    return place(name);
  };
  const isUntouched = async (target: TestDatabase, name: string) => {
    expect(await everyTable(target)).toEqual([]);
    expect(() => filesBelow(place(name))).toThrow('ENOENT');
  };

  describe('restored', () => {
    let target: TestDatabase;

    beforeAll(async () => {
      target = await fresh(null);
      const { code, errors, lines } = await run('cli/restore.js', into(target, 'restored'), [backup]);
      expect([code, errors]).toEqual([0, []]);
      expect(lines.join('\n')).toContain('What was under way goes on: 3 runs, 1 datasets.');
      // Before anything is written, and nothing that opens it.
      const { hostname, port, pathname, password } = new URL(target.url);
      const where = place('restored');
      expect(lines.slice(1, 4)).toEqual([
        `Into the database ${pathname.slice(1)} of ${hostname}:${port}`,
        `Into the folder ${where}/artifacts`,
        `Into the folder ${where}/datasets`,
      ]);
      if (password) expect(lines.join('\n')).not.toContain(password);
    });

    it('have every row as it was, but for those under way', async () => {
      const tables = await everyTable(database);
      const apart = ['training_jobs', 'training_datasets', 'job_events', 'schema_migrations'];
      const still = tables.filter((name) => !apart.includes(name));
      expect(still).toHaveLength(18);
      expect(await fingerprint(target, still)).toEqual(await fingerprint(database, still));
      const { running, pausing, stopping, processing } = ids;
      for (const sql of [
        `SELECT md5(string_agg(j::text, '|' ORDER BY id)) AS sum FROM training_jobs AS j
         WHERE id NOT IN ('${running}', '${pausing}', '${stopping}')`,
        `SELECT md5(string_agg(d::text, '|' ORDER BY id)) AS sum FROM training_datasets AS d WHERE id <> '${processing}'`,
        `SELECT md5(string_agg((to_jsonb(e) - 'transaction')::text, '|' ORDER BY job_id, number)) AS sum FROM job_events AS e
         WHERE reason IS DISTINCT FROM 'handed_back' AND phase <> 'paused'`,
        `SELECT string_agg((to_jsonb(j) - '{phase,worker_id,lease_expires_at,generation,dispatch_at,enqueued_at,updated_at,deadline_at,events}'::text[])::text,
           '|' ORDER BY id) AS sum FROM training_jobs AS j`,
      ]) {
        expect(await target.rows(sql)).toEqual(await database.rows(sql));
      }
    });

    it('have what was under way given back, once, on record, and as no failure', async () => {
      const [{ at }] = (await target.rows('SELECT clock_timestamp() AS at')) as [{ at: Date }];
      const state = async (id: string) =>
        (
          await target.rows(
            `SELECT status, phase, worker_id, generation, failures, lease_expires_at <= $2 AS over,
              dispatch_at <= $2 AS due FROM training_jobs WHERE id = $1`,
            [id, at],
          )
        )[0];
      const given = { status: 'running', worker_id: null, generation: 2, failures: 0, over: true };
      expect(await state(ids.running)).toEqual({ ...given, phase: 'recovering', due: true });
      expect(await state(ids.pausing)).toEqual({ ...given, phase: 'paused', due: null });
      expect(await state(ids.stopping)).toEqual({ ...given, phase: 'stopping', due: null });
      expect(await target.rows('SELECT phase, reason FROM job_events WHERE transaction <> 0 ORDER BY 1')).toEqual([
        { phase: 'paused', reason: 'pause_requested' },
        { phase: 'recovering', reason: 'handed_back' },
      ]);
      const [dataset] = await target.rows(
        `SELECT status, worker_id, generation, losses, lease_expires_at, dispatch_at <= $2 AS due
         FROM training_datasets WHERE id = $1`,
        [ids.processing, at],
      );
      expect(dataset).toEqual({
        ...{ status: 'processing', worker_id: null, generation: 2, losses: 0, lease_expires_at: null, due: true },
      });
      const left = `SELECT extract(epoch FROM deadline_at - clock_timestamp())::float8 AS seconds FROM training_jobs WHERE id = $1`;
      const [there, here] = await Promise.all(
        [database, target].map((each) => each.rows<{ seconds: number }>(left, [ids.running])),
      );
      // No time has passed for the run between the backup and the restore.
      expect(here![0]!.seconds).toBeGreaterThan(there![0]!.seconds);
    });

    it('have the schema of the release, with every trigger and key', async () => {
      const catalogue = `
        SELECT tgrelid::regclass::text AS "table", tgname AS name, tgenabled::text AS how, pg_get_triggerdef(oid) AS definition
        FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL
        SELECT conrelid::regclass::text, conname, convalidated::text, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2, 4`;
      expect(await target.rows(catalogue)).toEqual(await database.rows(catalogue));
      await expect(assertSchema(target.url)).resolves.toBeUndefined();
      await expect(target.rows(`UPDATE audit_entries SET actor = 'x'`)).rejects.toThrow('neither changed nor removed');
    });

    it('have an audit that verifies, and the files', async () => {
      const verified = await run('cli/audit-verify.js', { DATABASE_URL: target.url });
      expect(verified).toMatchObject({ code: 0, lines: [expect.stringContaining('intact; 1 entries')] });
      expect(filesBelow(place('restored'))).toEqual({
        'artifacts/m/job_1/attempt-1.json': sha256(MODEL),
        [`datasets/${ids.kept}/content_1`]: sha256(CONTENT),
      });
    });

    it('are not restored over what is there', async () => {
      const before = await fingerprint(target);
      const { code, errors } = await run('cli/restore.js', into(target, 'restored'), [backup]);
      expect([code, errors.join()]).toEqual([1, expect.stringMatching(/^The database is not empty.*training_jobs \(/)]);
      expect(await fingerprint(target)).toEqual(before);
    });
  });

  describe('that are not as they were written', () => {
    const flip = (name: string) => (folder: string) => {
      const file = path.join(folder, name);
      const bytes = readFileSync(file);
      bytes[bytes.length >> 1]! ^= 1;
      writeFileSync(file, bytes);
    };
    const damages: [string, string, (folder: string) => void][] = [
      ['a table', 'database/training_jobs.copy.gz was changed', flip('database/training_jobs.copy.gz')],
      ['the manifest', 'manifest.json was changed', flip('manifest.json')],
      ['the list of files', 'files.tsv was changed', flip('files.tsv')],
      ['a model file', 'attempt-1.json was changed', flip('files/artifacts/m/job_1/attempt-1.json')],
      [
        'a content',
        'content_1 was changed',
        (folder) => {
          const [id] = readdirSync(path.join(folder, 'files/datasets'));
          flip(`files/datasets/${id}/content_1`)(folder);
        },
      ],
      [
        'the sums',
        'was changed',
        (folder) => {
          const file = path.join(folder, 'SHA256SUMS');
          writeFileSync(file, readFileSync(file, 'utf8').replace(/^[0-9a-f]{8}/, '00000000'));
        },
      ],
      [
        'a file that is missing',
        'workers.copy.gz is missing',
        (folder) => rmSync(path.join(folder, 'database/workers.copy.gz')),
      ],
      [
        'a file too many',
        'database/more.copy.gz does not belong to it',
        (folder) => writeFileSync(path.join(folder, 'database/more.copy.gz'), ''),
      ],
      ['no sums', 'SHA256SUMS is missing', (folder) => rmSync(path.join(folder, 'SHA256SUMS'))],
      [
        'a link to elsewhere',
        'files.tsv is missing',
        (folder) => {
          rmSync(path.join(folder, 'files.tsv'));
          symlinkSync(path.join(backup, 'files.tsv'), path.join(folder, 'files.tsv'));
        },
      ],
      [
        'a name that leads elsewhere',
        'a line that no backup writes',
        (folder) =>
          appendFileSync(
            path.join(folder, 'SHA256SUMS'),
            `${'0'.repeat(64)}  files/artifacts/../../../../etc/passwd\n`,
          ),
      ],
    ];

    it.each(damages)('are refused for %s, by name, and change nothing', async (what, message, alter) => {
      const target = await fresh(null);
      const folder = altered(`damaged by ${what}`, alter);
      const { code, errors } = await run('cli/restore.js', into(target, `for ${what}`), [folder]);
      expect([code, errors.join('\n')]).toEqual([1, expect.stringContaining(message)]);
      expect(errors.join('\n')).toContain('nothing was restored');
      await isUntouched(target, `for ${what}`);
    });

    /** By somebody who has written the sums anew: rows, files and list have to agree all the same. */
    const forgeries: [string, string, (folder: string) => void][] = [
      [
        'a file that no row names',
        'is not the file that its row names',
        (folder) => writeFileSync(path.join(folder, 'files/artifacts/m/job_1/attempt-1.json'), 'evil'),
      ],
      [
        'a list that says otherwise',
        'does not list the files that the rows name',
        (folder) => writeFileSync(path.join(folder, 'files.tsv'), ''),
      ],
      [
        'rows of another table',
        'no table of its schema',
        (folder) =>
          changeManifest(folder, (manifest) => (manifest.tables[0]!.columns[0] = 'id") FROM PROGRAM $$true$$ --')),
      ],
      [
        'fewer rows than it says',
        'rows, and not',
        (folder) => changeManifest(folder, (manifest) => (manifest.tables[0]!.rows += 1)),
      ],
      [
        'no tables',
        'manifest.json is not what a backup says',
        (folder) => writeFileSync(path.join(folder, 'manifest.json'), '{ "format": 1 }'),
      ],
    ];

    it.each(forgeries)('are refused with %s, whatever their sums', async (what, message, alter) => {
      const target = await fresh(null);
      const folder = altered(`forged with ${what}`, (copy) => {
        alter(copy);
        sumAgain(copy);
      });
      const { code, errors } = await run('cli/restore.js', into(target, `for ${what}`), [folder]);
      expect([code, errors.join('\n')]).toEqual([1, expect.stringContaining(message)]);
      for (const table of await everyTable(target)) {
        if (table !== 'schema_migrations') expect(await target.rows(`SELECT FROM ${table}`)).toEqual([]);
      }
    });
  });

  describe('of other releases', () => {
    it('are refused when they are newer, with what to do', async () => {
      const target = await fresh(null);
      const newer = altered('newer', (folder) => {
        changeManifest(folder, (manifest) => {
          manifest.release = '9.1.0';
          manifest.migrations.push('Tomorrow1999000000000');
        });
        sumAgain(folder);
      });
      const { code, errors } = await run('cli/restore.js', into(target, 'for-newer'), [newer]);
      expect([code, errors.join()]).toEqual([
        1,
        'The backup is of a newer release than this one (unknown here: Tomorrow1999000000000). Use release 9.1.0 or a later one.',
      ]);
      const formatted = altered('formatted', (folder) => {
        changeManifest(folder, (manifest) => (manifest.format = 2));
        sumAgain(folder);
      });
      expect((await run('cli/restore.js', into(target, 'for-newer'), [formatted])).errors.join()).toContain('format 2');
      await isUntouched(target, 'for-newer');
    });

    it('are neither made of a database of a newer release, nor restored into one, nor made of none', async () => {
      const newer = await fresh();
      await newer.rows(
        `INSERT INTO schema_migrations (timestamp, name) VALUES (1999000000000, 'Tomorrow1999000000000')`,
      );
      const unknown = 'The database is of a newer release than this one (unknown here: Tomorrow1999000000000).';
      const made = await run('cli/backup.js', into(newer, 'of-newer'), [place('backup-of-newer')]);
      expect([made.code, made.errors.join()]).toEqual([1, expect.stringContaining(unknown)]);
      const restored = await run('cli/restore.js', into(newer, 'of-newer'), [backup]);
      expect([restored.code, restored.errors.join()]).toEqual([1, expect.stringContaining(unknown)]);
      const none = await run('cli/backup.js', into(await fresh(null), 'of-none'), [place('backup-of-none')]);
      expect([none.code, none.errors.join()]).toEqual([1, expect.stringContaining('nothing to back up')]);
      expect(readdirSync(base).filter((name) => name.startsWith('backup-of-n'))).toEqual([]);
    });

    it.each([1, 3])('are restored and migrated when they are %d migrations behind', async (behind) => {
      const old = await fresh(null);
      const migrations = MIGRATIONS.slice(0, -behind);
      const source = await new DataSource({ ...dataSourceOptions(old.url, 1), migrations }).initialize();
      await source.runMigrations({ transaction: 'each' });
      await source.destroy();
      const id = await datasetRow(old);
      await contentOf(id, 'old\n', old, place(`old-${behind}`));
      await jobRow(old, id);
      const folder = place(`behind-${behind}`);
      expect(await run('cli/backup.js', into(old, `old-${behind}`), [folder])).toMatchObject({ code: 0, errors: [] });
      // Migrated to the end already: it is taken back first.
      const target = await fresh();
      const outcome = await run('cli/restore.js', into(target, `new-${behind}`), [folder]);
      expect(outcome).toMatchObject({ code: 0, errors: [] });
      await expect(assertSchema(target.url)).resolves.toBeUndefined();
      // Of the columns that there were: migrations add some.
      for (const table of ['training_datasets', 'training_jobs', 'models', 'audit_entries']) {
        const rows = await old.rows(`SELECT * FROM ${table} ORDER BY 1`);
        expect(await target.rows(`SELECT * FROM ${table} ORDER BY 1`)).toMatchObject(rows);
      }
      expect(filesIn(place(`new-${behind}`))).toEqual(['content_1']);
    });
  });

  describe('that are interrupted', () => {
    it.each([
      ['killed', 'SIGKILL', 'SIGKILL', 1],
      ['told to end', 'SIGTERM', 1, 0],
    ] as const)('are not there when they were %s while they were written', async (_, signal, code, drafts) => {
      const name = `given-up-${signal}`;
      const holder = await database.pool.connect();
      await holder.query('BEGIN; LOCK TABLE workers IN ACCESS EXCLUSIVE MODE');
      const command = new Command('cli/backup.js', variables, [place(name)]);
      const waits = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'LOCK TABLE%'`;
      await eventually(async () => (await database.rows(waits)).length > 0, 'it waits for the table');
      command.kill(signal);
      expect(await command.ended).toBe(code);
      await holder.query('ROLLBACK');
      holder.release();
      const left = readdirSync(base).filter((entry) => entry.startsWith(name));
      expect(left).toHaveLength(drafts);
      for (const draft of left) expect(draft).toMatch(/\.draft-/);
      const again = await run('cli/backup.js', variables, [place(name)]);
      expect([again.code, again.errors]).toEqual([0, []]);
    });

    it('can be restored again when the restore was killed in the middle of the rows', async () => {
      const large = await fresh();
      const id = await jobRow(large, await datasetRow(large), { total_epochs: 400_000 });
      await large.rows(
        `INSERT INTO training_progress
           (job_id, current_epoch, tenant_id, attempt, loss, validation_loss, learning_rate, estimated_time_remaining)
         SELECT $1, n, 'default', 1, random(), random(), random(), n FROM generate_series(1, 400000) AS n`,
        [id],
      );
      expect((await run('cli/backup.js', into(large, 'large-data'), [place('large')])).code).toBe(0);
      const target = await fresh(null);
      const command = new Command('cli/restore.js', into(target, 'large-restored'), [place('large')]);
      const copying = `SELECT FROM pg_stat_progress_copy WHERE datname = current_database() AND command = 'COPY FROM'
        AND tuples_processed BETWEEN 1000 AND 390000`;
      await eventually(async () => (await target.rows(copying)).length > 0, 'rows are coming in');
      command.kill('SIGKILL');
      expect(await command.ended).toBe('SIGKILL');
      expect(await target.rows('SELECT FROM training_progress')).toEqual([]);
      const again = await run('cli/restore.js', into(target, 'large-restored'), [place('large')]);
      expect([again.code, again.errors]).toEqual([0, []]);
      expect(await fingerprint(target, ['training_progress'])).toEqual(await fingerprint(large, ['training_progress']));
    });

    it('find the files of the restore before, and replace no other', async () => {
      const target = await fresh(null);
      mkdirSync(place('half/artifacts'), { recursive: true });
      await put('artifacts', 'm/job_1/attempt-1.json', 'another', place('half'));
      const refused = await run('cli/restore.js', into(target, 'half'), [backup]);
      expect([refused.code, refused.errors.join()]).toEqual([
        1,
        expect.stringContaining('Another file lies under artifacts/m/job_1/attempt-1.json'),
      ]);
      await put('artifacts', 'm/job_1/attempt-1.json', MODEL, place('half'));
      expect(await run('cli/restore.js', into(target, 'half'), [backup])).toMatchObject({ code: 0, errors: [] });
    });
  });

  describe('of files', () => {
    const spoiled = async (alter: (file: string, where: TestDatabase) => Promise<unknown> | void) => {
      const [where, name] = [await fresh(), `spoiled-${opened.length}`];
      const id = await datasetRow(where);
      const version = await versionRow(where, await jobRow(where, id));
      await where.rows(`UPDATE model_versions SET file_path = $2, file_size = $3, sha256 = $4 WHERE id = $1`, [
        version,
        ...(await put('artifacts', 'm/job_2/attempt-1.json', MODEL, place(name))),
      ]);
      await alter(place(`${name}/artifacts/m/job_2/attempt-1.json`), where);
      const outcome = await run('cli/backup.js', into(where, name), [place(`backup-of-${name}`)]);
      return { ...outcome, name, made: readdirSync(base).filter((entry) => entry.startsWith(`backup-of-${name}`)) };
    };

    it('are refused when one is missing or another than its row says, by name, and leave nothing', async () => {
      const missing = await spoiled((file) => rmSync(file));
      expect(missing).toMatchObject({ code: 1, made: [] });
      expect(missing.errors.join('\n')).toContain('artifacts/m/job_2/attempt-1.json is missing');
      const damaged = await spoiled((file) => writeFileSync(file, 'damaged'));
      expect(damaged).toMatchObject({ code: 1, made: [] });
      expect(damaged.errors.join('\n')).toContain(
        `artifacts/m/job_2/attempt-1.json has the sha256 ${sha256('damaged')}`,
      );
    });

    it('do without those that the platform knows to be damaged, say so, and are restored without them', async () => {
      const { code, lines, made } = await spoiled(async (file, where) => {
        writeFileSync(file, 'damaged');
        await where.rows(`UPDATE model_versions SET artefact_state = 'damaged'`);
      });
      expect([code, made]).toEqual([0, [expect.any(String)]]);
      expect(lines.join('\n')).toContain('known to be damaged or missing: m/job_2/attempt-1.json');
      const target = await fresh(null);
      expect((await run('cli/restore.js', into(target, 'without'), [place(made[0]!)])).code).toBe(0);
      expect(filesIn(place('without'))).toEqual([]);
      expect(await target.rows('SELECT artefact_state FROM model_versions')).toEqual([{ artefact_state: 'damaged' }]);
    });

    it('do without damaged and missing ones when they are told to, say so, and are restored without them', async () => {
      const where = await fresh();
      const [whole, damaged, missing] = [await datasetRow(where), await datasetRow(where), await datasetRow(where)];
      for (const id of [whole, damaged, missing]) await contentOf(id, CONTENT, where, place('holed'));
      writeFileSync(place(`holed/datasets/${damaged}/content_1`), 'damaged');
      rmSync(place(`holed/datasets/${missing}/content_1`));
      const refused = await run('cli/backup.js', into(where, 'holed'), [place('of-holed')]);
      expect([refused.code, refused.errors.join('\n')]).toEqual([1, expect.stringContaining('--without-damaged')]);
      const { code, lines, errors } = await run('cli/backup.js', into(where, 'holed'), [
        ...[place('of-holed'), '--without-damaged'],
      ]);
      expect([code, errors]).toEqual([2, []]);
      const because = 'Not in the backup, because it is damaged or missing: datasets/';
      expect(lines.filter((line) => line.startsWith(because)).toSorted()).toEqual(
        [
          `${because}${damaged}/content_1 has the sha256 ${sha256('damaged')}, and not ${sha256(CONTENT)}`,
          `${because}${missing}/content_1 is missing`,
        ].toSorted(),
      );
      const listed = readFileSync(place('of-holed/files.tsv'), 'utf8').trimEnd().split('\n');
      expect(Object.fromEntries(listed.map((line) => [line.split('\t')[1], line.split('\t')[4]]))).toEqual({
        ...{
          [`${whole}/content_1`]: 'intact',
          [`${damaged}/content_1`]: 'damaged',
          [`${missing}/content_1`]: 'missing',
        },
      });

      const target = await fresh(null);
      const restored = await run('cli/restore.js', into(target, 'holed-restored'), [place('of-holed')]);
      expect([restored.code, restored.errors]).toEqual([0, []]);
      for (const id of [damaged, missing]) expect(restored.lines.join('\n')).toContain(`datasets/${id}/content_1`);
      expect(Object.keys(filesBelow(place('holed-restored')))).toEqual([`datasets/${whole}/content_1`]);
      const platform = await TestPlatform.start({ database: target, folder: place('holed-restored'), workers: 0 });
      opened.pop();
      const content = (id: string) => platform.client.get(`/datasets/${id}/content`);
      expect(await content(whole)).toMatchObject({ status: 200, text: CONTENT });
      expect(await content(missing)).toMatchObject({ status: 404, body: { code: 'dataset_content_missing' } });
      await platform.stop();
    });

    it('lose none to whoever removes files while they are copied', async () => {
      const platform = await TestPlatform.start({ workers: 0 });
      opened.push(platform.database);
      const { client } = platform;
      const contents = path.join(platform.folder, 'datasets');
      const sent = async () => {
        const id = await declared(client);
        await upload(client, id, CONTENT);
        return id;
      };
      const [during, before] = [await sent(), await sent()];
      expect((await client.delete(`/datasets/${before}`)).status).toBe(204);
      expect(filesIn(contents)).toHaveLength(1);
      const holder = await platform.database.pool.connect();
      await holder.query('SELECT pg_advisory_lock($1)', [BACKUP_LOCK]);
      expect((await client.delete(`/datasets/${during}`)).status).toBe(204);
      const sweeps = new ContentSweeps(
        platform.database.pool,
        new LocalObjectStore(contents),
        readEnvironment({ DATA_DIR: platform.folder }),
      );
      expect(await sweeps.tidy(Date.now() + 2 * HOUR_MS)).toBe(0);
      expect(filesIn(contents)).toHaveLength(1);
      const second = await run('cli/backup.js', platform.variables(), [place('second-at-once')]);
      expect([second.code, second.errors.join()]).toEqual([1, expect.stringContaining('Another backup')]);
      await holder.query('SELECT pg_advisory_unlock($1)', [BACKUP_LOCK]);
      holder.release();
      expect(await sweeps.tidy(Date.now() + 2 * HOUR_MS)).toBe(1);
      expect(filesIn(contents)).toEqual([]);
      opened.pop();
      await platform.stop();
    });

    it('go from folders to a bucket and back', async () => {
      const server = await S3Server.start();
      const [there, back] = [await fresh(null), await fresh(null)];
      const inBucket = { ...into(there, 'in-bucket'), ...server.environment };
      const { code, lines } = await run('cli/restore.js', inBucket, [backup]);
      expect(code).toBe(0);
      expect(lines).toContain(`Into the bucket ${server.environment.S3_BUCKET} of ${server.environment.S3_ENDPOINT}`);
      expect(filesIn(place('in-bucket'))).toEqual([]);
      expect((await run('cli/backup.js', inBucket, [place('of-bucket')])).code).toBe(0);
      await server.stop();
      expect(filesBelow(place('of-bucket/files'))).toEqual(filesBelow(path.join(backup, 'files')));
      expect((await run('cli/restore.js', into(back, 'back'), [place('of-bucket')])).code).toBe(0);
      expect(filesBelow(place('back'))).toEqual(filesBelow(place('restored')));
    });
  });

  it('are new folders, outside of what the platform tidies up', async () => {
    const before = filesBelow(backup);
    const again = await run('cli/backup.js', variables, [backup]);
    expect([again.code, again.errors.join()]).toEqual([1, expect.stringContaining('is there already')]);
    expect(filesBelow(backup)).toEqual(before);
    const inside = await run('cli/backup.js', variables, [place('data/artifacts/backup')]);
    expect([inside.code, inside.errors.join()]).toEqual([1, expect.stringContaining('name a folder elsewhere')]);
    for (const entry of ['cli/backup.js', 'cli/restore.js']) {
      expect((await run(entry, variables)).errors.join()).toContain('Name one folder');
      expect((await run(entry, variables, ['--help'])).lines.join()).toContain('Usage: npm run');
    }
  });

  it('need no rights but those of the owner, who lets the application use what was restored', async () => {
    const [owner, app] = ['owner', 'app'].map(
      (name) => `${name}_${path.basename(base).replaceAll(/\W/g, '_').toLowerCase()}`,
    );
    const name = `database_of_${owner}`;
    await database.rows(`CREATE ROLE ${owner} LOGIN CREATEROLE PASSWORD 'secret'`);
    await database.rows(`CREATE DATABASE ${name} OWNER ${owner}`);
    const url = new URL(database.url);
    Object.assign(url, { username: owner, password: 'secret', pathname: `/${name}` });
    const appUrl = Object.assign(new URL(url), { username: app, password: 'secret' }).toString();
    const environment = { DATABASE_URL: url.toString(), DATABASE_APP_URL: appUrl, DATA_DIR: place('of-owner') };
    expect(await run('cli/restore.js', environment, [backup])).toMatchObject({ code: 0, errors: [] });
    const client = new pg.Client(appUrl);
    await client.connect();
    expect((await client.query('SELECT FROM training_jobs')).rowCount).toBe(5);
    await expect(client.query('DELETE FROM audit_entries')).rejects.toMatchObject({ code: '42501' });
    await client.end();
    // A backup takes no more than reading.
    const asApp = { DATABASE_URL: appUrl, DATA_DIR: place('of-owner') };
    expect(await run('cli/backup.js', asApp, [place('by-app')])).toMatchObject({ code: 0, errors: [] });
    await database.rows(`DROP DATABASE ${name} WITH (FORCE)`);
    await database.rows(`DROP ROLE ${app}`);
    await database.rows(`DROP ROLE ${owner}`);
  });

  it('are made of the embedded database whether it runs or not, and of none that is not there', async () => {
    const dataDir = { DATA_DIR: place('embedded') };
    const none = await run('cli/backup.js', dataDir, [place('of-none')]);
    expect([none.code, none.errors.join()]).toEqual([1, expect.stringContaining('There is no database in')]);
    expect(await run('cli/restore.js', dataDir, [backup])).toMatchObject({ code: 0, errors: [] });
    expect(await run('cli/backup.js', dataDir, [place('of-stopped')])).toMatchObject({ code: 0, errors: [] });
    const server = await startEmbeddedPostgres({ folder: place('embedded/postgres') });
    try {
      expect(await run('cli/backup.js', dataDir, [place('of-running')])).toMatchObject({ code: 0, errors: [] });
      const refused = await run('cli/restore.js', dataDir, [backup]);
      expect([refused.code, refused.errors.join()]).toEqual([1, expect.stringContaining('is in use by a platform')]);
    } finally {
      await server.stop();
      await removeEmbeddedPostgres(place('embedded/postgres'));
    }
    const [stopped, running] = ['of-stopped', 'of-running'].map((name) => filesBelow(place(name)));
    // But for the moment that they are of.
    for (const files of [stopped!, running!]) for (const name of ['manifest.json', 'SHA256SUMS']) delete files[name];
    expect(running).toEqual(stopped);
  });
});

interface Manifest {
  format: number;
  release: string;
  migrations: string[];
  tables: { name: string; columns: string[]; rows: number }[];
}

function changeManifest(folder: string, change: (manifest: Manifest) => void): void {
  const file = path.join(folder, 'manifest.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  change(manifest);
  writeFileSync(file, JSON.stringify(manifest));
}
