import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ArtefactStore } from '../src/modules/training/artefacts/artefact-store.js';
import type { Run } from '../src/modules/training/run.js';
import { LocalObjectStore } from '../src/storage/local-object-store.js';
import { TestPlatform } from './support/platform.js';
import { createDataset, ended, startedJob, versionsOf } from './support/training.js';

const run = { id: 'job_1', modelId: 'm', attempt: 2 } as Run;
const bytes = Buffer.from('{"format":"test"}');

describe('artefacts', () => {
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await TestPlatform.start({ workers: 0 });
  });
  afterAll(() => platform.stop());

  const storeIn = (folder: string) => new ArtefactStore(new LocalObjectStore(folder));

  it('are there whole, scoped by job and attempt, and nothing else is left', async () => {
    const folder = path.join(platform.folder, 'store');
    const stored = await storeIn(folder).save(run, bytes);
    expect(stored).toMatchObject({ path: 'm/job_1/attempt-2.json', size: bytes.byteLength });
    expect(readdirSync(path.join(folder, 'm/job_1'))).toEqual(['attempt-2.json']);
    await storeIn(folder).discard(stored);
    expect(existsSync(path.join(folder, 'm'))).toBe(false);
  });

  it('that cannot be put in place leave no temporary file', async () => {
    const folder = path.join(platform.folder, 'blocked');
    // A folder where the file is to be: the rename fails, for root too.
    mkdirSync(path.join(folder, 'm/job_1/attempt-2.json/in-the-way'), { recursive: true });
    await expect(storeIn(folder).save(run, bytes)).rejects.toThrow();
    expect(readdirSync(path.join(folder, 'm/job_1'))).toEqual(['attempt-2.json']);
  });

  it('that cannot be written are tried again, then fail their job with a reason, and make no version', async () => {
    const { client } = platform;
    const file = path.join(platform.folder, 'a-file');
    writeFileSync(file, '');
    chmodSync(file, 0o400);
    const worker = await platform.addWorker({ ARTIFACTS_DIR: path.join(file, 'below') });
    const jobId = await startedJob(client, await createDataset(client), { modelId: 'unstored' });
    const code = 'artifact_not_stored';
    expect(await ended(client, jobId)).toMatchObject({ status: 'failed', errorCode: code, attempt: 3 });
    expect(await versionsOf(client, 'unstored')).toMatchObject([{ status: 'archived', statusReason: 'job_failed' }]);
    expect(worker.logs().some(({ level }) => level === 'error')).toBe(true);
    rmSync(file);
  });
});
