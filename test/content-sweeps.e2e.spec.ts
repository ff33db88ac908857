import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readEnvironment } from '../src/config/environment.js';
import { ContentSweeps } from '../src/modules/processing/content.sweeps.js';
import { LocalObjectStore } from '../src/storage/local-object-store.js';
import { datasetRow } from './factories/row.factory.js';
import { testDatabase, type TestDatabase } from './support/database.js';
import { filesIn } from './support/uploads.js';

const HOUR_MS = 3_600_000;

describe('content that belongs to no dataset', () => {
  let database: TestDatabase;
  let folder: string;

  beforeAll(async () => {
    database = await testDatabase();
    folder = mkdtempSync(path.join(tmpdir(), 'content-sweeps-'));
  });
  afterAll(async () => {
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is removed once nobody can be about to claim it', async () => {
    const store = new LocalObjectStore(path.join(folder, 'datasets'));
    const sweeps = new ContentSweeps(database.pool, store, readEnvironment({ DATA_DIR: folder }));
    const id = await datasetRow(database);
    for (const name of ['kept', 'orphan']) await store.put(`${id}/${name}`, Buffer.from(name));
    await database.rows(
      `UPDATE training_datasets SET content_key = $2, content_bytes = 4, content_sha256 = repeat('0', 64),
        uploaded_at = now() WHERE id = $1`,
      [id, `${id}/kept`],
    );
    const unfinished = path.join(folder, 'datasets', id, '.00000000-0000-4000-8000-000000000000.tmp');
    await writeFile(unfinished, 'half');
    const scratch = path.join(folder, 'scratch', 'inspection-of-the-dead');
    await mkdir(scratch, { recursive: true });
    await writeFile(path.join(scratch, 'table.duckdb'), '');

    expect(await sweeps.tidy()).toBe(0);
    expect(await sweeps.tidy(Date.now() + 2 * HOUR_MS)).toBe(1);
    expect(filesIn(folder).toSorted()).toEqual([path.basename(unfinished), 'kept', 'table.duckdb']);
    const threeDaysAgo = new Date(Date.now() - 72 * HOUR_MS);
    for (const old of [unfinished, scratch]) await utimes(old, threeDaysAgo, threeDaysAgo);
    expect(await sweeps.tidy()).toBe(2);
    expect(filesIn(folder)).toEqual(['kept']);
  });
});
