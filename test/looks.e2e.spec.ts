import { Readable } from 'node:stream';
import type { Pool } from 'pg';
import { ArtefactState } from '../src/modules/models/artefact-state.js';
import { type ModelFile, ModelFiles } from '../src/modules/models/artefacts/model-files.js';
import { type ObjectStore, StoreUnavailableError } from '../src/storage/object-store.js';
import { registryRows } from './factories/registry.factory.js';
import { datasetRow } from './factories/row.factory.js';
import { connect } from './support/data-source.js';
import { testDatabase, type TestDatabase } from './support/database.js';

const SHA256_OF_A = 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb';
const file: ModelFile = { id: 'version_1', filePath: 'm/job/attempt-1.json', sha256: SHA256_OF_A };

function withResolvers<T>() {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((settle) => (resolve = settle));
  return { promise, resolve };
}

/** Gives the bytes that the test hands out, when it hands them out. */
function storeOf(...contents: (Promise<string> | Error)[]): ObjectStore {
  const read = async () => {
    const next = contents.shift()!;
    if (next instanceof Error) throw next;
    return Readable.from([Buffer.from(await next)]);
  };
  return { read } as unknown as ObjectStore;
}

describe('looks at a model file', () => {
  let database: TestDatabase;
  let pool: Pool;
  let destroy: () => Promise<void>;

  beforeAll(async () => {
    database = await testDatabase();
    const { source, pool: connected } = await connect(database);
    pool = connected;
    destroy = () => source.destroy();
    const version = { id: file.id, modelId: 'm', modelType: 'cnn', status: 'ready', minor: 0, metrics: {}, labels: {} };
    const datasetId = await datasetRow(database);
    await registryRows(database, 'default', datasetId, [{ id: 'm', labels: {} }], [version]);
  });
  beforeEach(() =>
    pool.query(
      `UPDATE model_versions SET file_path = $1, sha256 = $2, artefact_state = 'intact', artefact_claimed_at = NULL,
      artefact_checked_at = clock_timestamp() - interval '1 hour'`,
      [file.filePath, file.sha256],
    ),
  );
  afterAll(async () => {
    await destroy();
    await database.drop();
  });

  const row = async () =>
    (await pool.query('SELECT artefact_state AS state, artefact_checked_at AS at FROM model_versions')).rows[0];

  it('believes the one that began last, whichever ends last', async () => {
    const { promise: slow, resolve: hand } = withResolvers<string>();
    const files = new ModelFiles(storeOf(slow, Promise.resolve('b')), pool);
    const older = files.inspect(file);
    // The first one has begun to read once the second one ends.
    expect(await files.inspect(file)).toBe(ArtefactState.Damaged);
    hand('a');
    expect(await older).toBe(ArtefactState.Intact);
    expect(await row()).toMatchObject({ state: 'damaged' });
  });

  it('says nothing of a file that could not be read, and does not take it again at once', async () => {
    const before = await row();
    const files = new ModelFiles(storeOf(new StoreUnavailableError('away')), pool);
    const due = await files.nextDue(1_000);
    expect(due).toEqual(file);
    await expect(files.inspect(due!)).rejects.toThrow('away');
    expect(await row()).toEqual(before);
    expect(await files.nextDue(60_000)).toBeNull();
  });

  it('never brings back what was deleted', async () => {
    await pool.query(`UPDATE model_versions SET artefact_state = 'deleted'`);
    expect(await new ModelFiles(storeOf(Promise.resolve('a')), pool).inspect(file)).toBe(ArtefactState.Deleted);
    expect(await row()).toMatchObject({ state: 'deleted' });
  });
});
