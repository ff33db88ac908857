import { readEnvironment } from '../src/config/environment.js';
import { DatasetSweeps } from '../src/modules/processing/dataset.sweeps.js';
import type { Outbox } from '../src/queue/outbox.js';
import { datasetRow } from './factories/row.factory.js';
import { testDatabase, type TestDatabase } from './support/database.js';

describe('a dataset over which workers are lost', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.drop());

  it('is given to another four times, and then given up', async () => {
    // Settling sends nothing anywhere.
    const sweeps = new DatasetSweeps(database.pool, {} as Outbox, readEnvironment({}));
    const id = await datasetRow(database, { status: 'processing' });
    const seen: unknown[] = [];
    for (let lost = 0; lost < 6; lost++) {
      await database.rows(
        `UPDATE training_datasets SET lease_expires_at = now(), attempt = attempt + 1
         WHERE id = $1 AND status = 'processing'`,
        [id],
      );
      for (const sweep of Object.values(sweeps.settling())) await sweep();
      const [row] = await database.rows<{ status: string; losses: number }>(
        'SELECT status, losses FROM training_datasets WHERE id = $1',
        [id],
      );
      seen.push([row!.status, row!.losses]);
    }
    expect(seen).toEqual([
      ['processing', 1],
      ['processing', 2],
      ['processing', 3],
      ['processing', 4],
      ['error', 5],
      ['error', 5],
    ]);
  });
});
