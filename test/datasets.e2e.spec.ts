import type { Answer, Client } from './support/client.js';
import { TestPlatform } from './support/platform.js';
import * as training from './support/training.js';

interface DatasetAnswer {
  id: string;
  name: string;
  description: string;
  status: string;
  targetColumn?: string;
  size?: number;
  error?: { code: string; detail: string };
  createdAt: string;
  updatedAt: string;
}

const UPLOAD = { metadata: { source: 'upload', format: 'csv' } };
/** Classification without a target: processing ends in error. */
const FAULTY = { targetColumn: undefined };

describe('datasets', () => {
  let platform: TestPlatform;
  let client: Client;

  beforeAll(async () => {
    platform = await TestPlatform.start();
    ({ client } = platform);
  });
  afterAll(() => platform.stop());

  const get = async (id: string) => (await client.get<DatasetAnswer>(`/datasets/${id}`)).body;
  const patch = (id: string, body: unknown) => client.patch<DatasetAnswer>(`/datasets/${id}`, body);
  const start = (id: string) => client.post<training.JobAnswer>(`/jobs/${id}/start`);
  const inError = async () => {
    const id = await training.createDataset(client, FAULTY);
    expect((await training.datasetSettled(client, id)).status).toBe('error');
    return id;
  };
  const ready = async () => {
    const id = await training.createDataset(client);
    expect((await training.datasetSettled(client, id)).status).toBe('ready');
    return id;
  };
  const refused = (answer: Answer<unknown>) => [answer.status, (answer.body as { code: string }).code];

  describe('that refer to data held elsewhere', () => {
    it('get ready by themselves', async () => {
      const id = await ready();
      const dataset = await get(id);
      expect(dataset.error).toBeUndefined();
      expect(Date.parse(dataset.updatedAt)).toBeGreaterThan(Date.parse(dataset.createdAt));
    });

    it.each([
      ['description', { description: undefined }, { description: '' }],
      [
        'white space at the ends',
        { name: '  Spring\t', features: [' a ', 'b'] },
        { name: 'Spring', features: ['a', 'b'] },
      ],
      ['several lines', { description: 'one\r\ntwo\tthree' }, { description: 'one\ntwo\tthree' }],
      [
        'any script and emoji',
        { name: '数据 🧪 ñ', targetColumn: 'цель' },
        { name: '数据 🧪 ñ', targetColumn: 'цель' },
      ],
      ['a tab between columns', { metadata: { source: 's', format: 'csv', delimiter: '\t' } }, {}],
      ['a source that only begins like one', { metadata: { source: 'Uploaded by hand', format: 'csv' } }, {}],
      ['the largest size', { size: 1_000_000_000_000 }, { size: 1_000_000_000_000 }],
    ])('are created with %s as it should be', async (_label, overrides, expected) => {
      const id = await training.createDataset(client, overrides);
      expect(await get(id)).toMatchObject({ ...expected });
      expect((await training.datasetSettled(client, id)).status).toBe('ready');
    });

    it.each([
      ['classification without a target', { type: 'classification', targetColumn: undefined }, 'target_column_missing'],
      ['regression without a target', { type: 'regression', targetColumn: undefined }, 'target_column_missing'],
      ['images for nlp', { type: 'nlp', metadata: { source: 's', format: 'images' } }, 'format_does_not_fit'],
    ])('end in error as %s', async (_label, overrides, errorCode) => {
      const id = await training.createDataset(client, overrides);
      await training.datasetSettled(client, id);
      const dataset = await get(id);
      expect(dataset).toMatchObject({ status: 'error', error: { code: errorCode } });
      expect(dataset.error!.detail).toMatch(/\.$/);
    });

    it.each(['clustering', 'nlp', 'computer_vision'])('need no target for %s', async (type) => {
      const id = await training.createDataset(client, { type, targetColumn: undefined });
      expect((await training.datasetSettled(client, id)).status).toBe('ready');
    });
  });

  describe('that wait for an upload', () => {
    it('stay uploading, and a job that is started on one waits', async () => {
      const id = await training.createDataset(client, { ...UPLOAD, size: undefined, features: undefined });
      const jobId = await training.createJob(client, id);
      const answer = await start(jobId);
      expect([answer.status, answer.body.status, answer.body.phase]).toEqual([202, 'pending', 'waiting_for_dataset']);
      // A dataset that comes later is settled meanwhile: the worker had every chance.
      await ready();
      const dataset = await get(id);
      expect(dataset.status).toBe('uploading');
      expect(dataset).not.toHaveProperty('size');
      expect(await training.getProgress(client, jobId)).toMatchObject({
        status: 'waiting_for_dataset',
        currentEpoch: 0,
      });
      expect((await client.post(`/jobs/${jobId}/cancel`)).status).toBe(200);
    });

    it('can be declared anew', async () => {
      const id = await training.createDataset(client, UPLOAD);
      const answer = await patch(id, { size: 7, targetColumn: 'label', type: 'regression' });
      expect(answer.body).toMatchObject({ status: 'uploading', size: 7, targetColumn: 'label', type: 'regression' });
      expect(refused(await patch(id, { metadata: { source: 'CRM', format: 'csv' } }))).toEqual([
        409,
        'dataset_source_fixed',
      ]);
    });
  });

  describe('in error', () => {
    it('fail the jobs that were started before, with the reason', async () => {
      const id = await training.createDataset(client, { ...UPLOAD, ...FAULTY });
      const jobId = await training.createJob(client, id);
      expect((await start(jobId)).body.phase).toBe('waiting_for_dataset');
      // The bytes have come.
      await platform.database.rows(
        `UPDATE training_datasets SET status = 'processing', generation = generation + 1,
           dispatch_at = clock_timestamp() WHERE id = $1`,
        [id],
      );
      const job = await training.ended(client, jobId);
      expect(job).toMatchObject({ status: 'failed', phase: 'done', errorCode: 'dataset_error', attempt: 0 });
      expect(job.error).toContain('targetColumn');
      expect(job.completedAt).toBeDefined();
      expect(await training.getProgress(client, jobId)).toMatchObject({ status: 'failed', currentEpoch: 0 });
      expect(await training.versionsOf(client, job.modelId)).toEqual([]);
      expect(refused(await start(jobId))).toEqual([409, 'job_already_started']);
    });

    it('refuse to be trained on until they are mended, and then let the job start', async () => {
      const id = await inError();
      const jobId = await training.createJob(client, id, { hyperparameters: { epochs: 2 } });
      const answer = await start(jobId);
      expect(refused(answer)).toEqual([409, 'dataset_in_error']);
      expect(answer.body).toMatchObject({ currentStatus: 'error', allowed: ['processing'] });
      expect(await training.getJob(client, jobId)).toMatchObject({ status: 'pending', phase: 'created' });

      const mended = await patch(id, { targetColumn: 'segment' });
      expect([mended.status, mended.body.status]).toEqual([200, 'processing']);
      expect(mended.body).not.toHaveProperty('error');
      await training.startJob(client, jobId);
      expect(await training.ended(client, jobId)).toMatchObject({ status: 'completed' });
      expect(await get(id)).toMatchObject({ status: 'ready', targetColumn: 'segment' });
    });

    it('are only renamed by another name, and processed again for nothing less than their content', async () => {
      const id = await inError();
      expect((await patch(id, { name: 'Renamed' })).body).toMatchObject({ status: 'error', name: 'Renamed' });
      expect((await patch(id, { size: 11 })).body.status).toBe('processing');
      expect(await training.datasetSettled(client, id)).toMatchObject({ status: 'error' });
    });
  });

  describe('that are ready', () => {
    it('take another name and description', async () => {
      const id = await ready();
      const answer = await patch(id, { name: 'Named', description: '' });
      expect(answer.body).toMatchObject({ name: 'Named', description: '', status: 'ready' });
    });

    it.each([
      [{ size: 2 }],
      [{ features: ['a'] }],
      [{ targetColumn: 'a' }],
      [{ type: 'nlp' }],
      [{ metadata: { source: 'CRM_system', format: 'csv' } }],
      [{ name: 'Sneaked in', size: 2 }],
    ])('are otherwise immutable: %j', async (change) => {
      const id = await ready();
      const before = await get(id);
      const answer = await patch(id, change);
      expect(refused(answer)).toEqual([409, 'dataset_immutable']);
      expect(answer.body).toMatchObject({ currentStatus: 'ready', allowed: [] });
      expect(await get(id)).toEqual(before);
    });
  });
});
