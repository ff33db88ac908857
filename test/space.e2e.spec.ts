import { existsSync } from 'node:fs';
import { mkdir, readFile, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { newId } from '../src/database/id.js';
import { DELETE_FILE } from '../src/modules/models/space/space.statements.js';
import { ModelFileSweeps } from '../src/modules/supervision/model-file.sweeps.js';
import { LocalObjectStore } from '../src/storage/local-object-store.js';
import { TestPlatform } from './support/platform.js';
import { fileOf, trained, versionPath } from './support/registry.js';
import { createDataset, reachesPhase, startedJob, type VersionAnswer, versionsOf } from './support/training.js';
import { filesIn } from './support/uploads.js';

const HOUR_MS = 3_600_000;

interface RemovalRow {
  tenant_id: string | null;
  cause: string;
  bytes: string | null;
  version_id: string | null;
  actor: string | null;
  reason: string | null;
}

describe('the space of model files', () => {
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await TestPlatform.start();
  });
  afterAll(() => platform.stop());

  const change = (modelId: string, version: string, what: string) =>
    platform.client.post<VersionAnswer & { code?: string }>(`${versionPath(modelId, version)}/${what}`);
  const remove = (modelId: string, version: string, query = '') =>
    platform.client.delete<{ code: string; currentStatus: string; allowed: string[] }>(
      `${versionPath(modelId, version)}/artifact${query}`,
    );
  const onRecord = (key: string) =>
    platform.database.rows<RemovalRow>(
      'SELECT tenant_id, cause, bytes, version_id, actor, reason FROM removed_files WHERE key = $1',
      [key],
    );
  const sweeps = () => new ModelFileSweeps(platform.database.pool, new LocalObjectStore(platform.artefacts));

  it('is given back by deleting the file of an archived version, and of no other', async () => {
    const { client } = platform;
    const [first, second] = await trained(client, 'spacious', 2);
    const conflict = { code: 'version_not_archived', currentStatus: 'ready', allowed: ['deployed', 'archived'] };
    expect(await remove('spacious', '1.0.0')).toMatchObject({ status: 409, body: conflict });
    await change('spacious', '1.1.0', 'deploy');
    expect(await remove('spacious', '1.1.0')).toMatchObject({ status: 409, body: { currentStatus: 'deployed' } });
    await change('spacious', '1.0.0', 'archive');
    expect(await remove('spacious', '1.0.0', '?reason=%00')).toMatchObject({ status: 400 });
    expect(await remove('spacious', '9.0.0')).toMatchObject({ status: 404, body: { code: 'version_not_found' } });
    expect(existsSync(fileOf(platform, first!))).toBe(true);

    expect((await remove('spacious', '1.0.0', '?reason=Old.')).status).toBe(204);
    expect((await remove('spacious', '1.0.0', '?reason=Again.')).status).toBe(204);
    expect(filesIn(path.join(platform.artefacts, 'spacious'))).toHaveLength(1);
    expect(existsSync(fileOf(platform, second!))).toBe(true);
    const { body: version } = await client.get<Record<string, string>>(versionPath('spacious', '1.0.0'));
    expect(version).toMatchObject({
      ...{ status: 'archived', artifactState: 'deleted', artifactDeletedBy: 'tester', artifactDeletedReason: 'Old.' },
      ...{ sha256: first!.sha256, fileSize: first!.fileSize },
    });
    expect(Date.parse(version.artifactDeletedAt!)).toBeGreaterThan(Date.now() - HOUR_MS);
    expect(await onRecord(first!.filePath!)).toEqual([
      {
        ...{ tenant_id: 'default', cause: 'deleted', bytes: String(first!.fileSize), version_id: first!.id },
        ...{ actor: 'tester', reason: 'Old.' },
      },
    ]);
    const gone = { status: 404, body: { code: 'artifact_deleted' } };
    expect(await client.get(`${versionPath('spacious', '1.0.0')}/artifact`)).toMatchObject(gone);
    const stays = { status: 409, body: { code: 'artifact_deleted', currentStatus: 'archived' } };
    expect(await change('spacious', '1.0.0', 'restore')).toMatchObject(stays);
    expect(await client.patch(versionPath('spacious', '1.0.0'), { status: 'ready' })).toMatchObject(stays);
    expect((await change('spacious', '1.0.0', 'deploy')).body.code).toBe('version_archived');
  });

  it('never leaves a version ready or deployed without its file, whoever comes first', async () => {
    const { client, database } = platform;
    const second = await platform.addApi();
    const rounds = 30;
    await trained(client, 'contested', rounds);
    const outcomes = new Set<string>();
    for (let round = 0; round < rounds; round++) {
      const version = `1.${round}.0`;
      await change('contested', version, 'archive');
      const answers = await Promise.all([
        second.delete(`${versionPath('contested', version)}/artifact`),
        change('contested', version, 'restore'),
        second.post(`${versionPath('contested', version)}/deploy`),
        client.delete(`${versionPath('contested', version)}/artifact`),
      ]);
      expect(answers.map(({ status }) => status).filter((status) => ![200, 204, 409].includes(status))).toEqual([]);
      outcomes.add(answers.map(({ status }) => status).join());
    }
    // Both the file and the version have won some of the time.
    expect(outcomes.size).toBeGreaterThan(1);
    const broken = await database.rows(
      `SELECT version FROM model_versions WHERE status IN ('ready', 'deployed') AND artefact_state = 'deleted'`,
    );
    expect(broken).toEqual([]);
    for (const version of await versionsOf(client, 'contested')) {
      expect([version.version, existsSync(fileOf(platform, version))]).toEqual([
        version.version,
        version.status !== 'archived',
      ]);
    }
  });

  it('is given back by a worker where a deletion was cut short after its commit', async () => {
    const { client, database } = platform;
    const [version] = await trained(client, 'cut-short', 1);
    await change('cut-short', '1.0.0', 'archive');
    await database.rows(DELETE_FILE, ['default', version!.id, 'tester', null, newId('removal')]);
    expect(existsSync(fileOf(platform, version!))).toBe(true);
    expect(await sweeps().tidy()).toBe(0);
    expect(await sweeps().tidy(Date.now() + 2 * HOUR_MS)).toBeGreaterThanOrEqual(1);
    expect(existsSync(fileOf(platform, version!))).toBe(false);
    expect(await onRecord(version!.filePath!)).toMatchObject([{ cause: 'deleted', version_id: version!.id }]);
  });

  it('is given back by a worker where nothing will ever name a file, on record', async () => {
    const { client } = platform;
    const [kept] = await trained(client, 'kept', 1);
    await change('kept', '1.0.0', 'archive');
    const slow = { modelId: 'kept', hyperparameters: { epochs: 1_000 }, simulation: { seed: 1, epochMs: 60_000 } };
    const running = await startedJob(client, await createDataset(client), slow);
    await reachesPhase(client, running, 'training');
    const put = async (key: string) => {
      const file = path.join(platform.artefacts, key);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, 'orphaned');
      return file;
    };
    const ended = await put(`kept/${kept!.trainingJobId}/attempt-7.json`);
    const unknown = await put('kept/job_nobody/attempt-1.json');
    const unfinished = await put(`kept/job_nobody/.00000000-0000-4000-8000-000000000000.tmp`);
    const threeDaysAgo = new Date(Date.now() - 72 * HOUR_MS);
    const mayYetComplete = await put(`kept/${running}/attempt-1.json`);
    await utimes(mayYetComplete, threeDaysAgo, threeDaysAgo);

    expect(await sweeps().tidy()).toBe(0);
    await utimes(unfinished, threeDaysAgo, threeDaysAgo);
    expect(await sweeps().tidy(Date.now() + 2 * HOUR_MS)).toBe(3);
    expect([ended, unknown, unfinished].map(existsSync)).toEqual([false, false, false]);
    expect([mayYetComplete, fileOf(platform, kept!)].map(existsSync)).toEqual([true, true]);
    const orphan = { tenant_id: null, cause: 'orphaned', bytes: '8', version_id: null, actor: null, reason: null };
    expect(await onRecord('kept/job_nobody/attempt-1.json')).toEqual([orphan]);
    expect(await onRecord(`kept/${kept!.trainingJobId}/attempt-7.json`)).toEqual([orphan]);
    expect((await readFile(fileOf(platform, kept!))).byteLength).toBe(kept!.fileSize);
    await client.post(`/jobs/${running}/cancel`);
  });
});
