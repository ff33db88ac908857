import { EXAMPLE_JOB } from './factories/job.factory.js';
import type { Answer, Client } from './support/client.js';
import { eventually } from './support/eventually.js';
import { TestPlatform } from './support/platform.js';
import * as training from './support/training.js';

describe('datasets and jobs, asked for several things at once,', () => {
  let platform: TestPlatform;
  let client: Client;

  beforeAll(async () => {
    platform = await TestPlatform.start();
    ({ client } = platform);
  });
  afterAll(() => platform.stop());

  const settled = async (status: string, overrides: Record<string, unknown> = {}) => {
    const id = await training.createDataset(client, overrides);
    expect((await training.datasetSettled(client, id)).status).toBe(status);
    return id;
  };
  const ready = () => settled('ready');
  const inError = () => settled('error', { targetColumn: undefined });
  const start = (id: string) => client.post<training.JobAnswer>(`/jobs/${id}/start`);
  const patch = (id: string, body: unknown) => client.patch(`/datasets/${id}`, body);
  const statusOf = async (id: string) => (await client.get<{ status: string }>(`/datasets/${id}`)).body.status;
  const refused = (answer: Answer<unknown>) => [answer.status, (answer.body as { code: string }).code];

  it('let one of ten starts through', async () => {
    const jobId = await training.createJob(client, await ready(), { hyperparameters: { epochs: 1 } });
    const answers = await Promise.all(Array.from({ length: 10 }, () => start(jobId)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([202, ...Array.from({ length: 9 }, () => 409)]);
    const others = answers.filter(({ status }) => status === 409).map(refused);
    expect(new Set(others.map(([, code]) => code))).toEqual(new Set(['job_already_started']));
    expect(await training.ended(client, jobId)).toMatchObject({ status: 'completed', attempt: 1 });
  });

  it('never change a job once it has started', async () => {
    const datasets = [await ready(), await ready()] as const;
    for (let round = 0; round < 15; round++) {
      const jobId = await training.createJob(client, datasets[0], { hyperparameters: { epochs: 1 } });
      const change = { name: `Round ${round}`, datasetId: datasets[1], hyperparameters: { epochs: 3 } };
      const [changed, started] = await Promise.all([client.patch(`/jobs/${jobId}`, change), start(jobId)]);
      expect(started.status).toBe(202);
      expect([200, 409]).toContain(changed.status);
      const expected = changed.status === 200 ? 3 : 1;
      const { body } = await client.get(`/jobs/${jobId}`);
      expect(body).toMatchObject({
        datasetId: datasets[expected === 3 ? 1 : 0],
        hyperparameters: { epochs: expected },
      });
      expect((await training.ended(client, jobId)).metrics).toMatchObject({ epochs: expected });
    }
  });

  it('make two of two that are the same', async () => {
    const twice = <T>(make: () => Promise<T>) => Promise.all([make(), make()]);
    const ids = await twice(() => training.createDataset(client));
    expect(new Set(ids).size).toBe(2);
    const jobs = await twice(() => training.createJob(client, ids[0], { modelId: 'twins' }));
    expect(new Set(jobs).size).toBe(2);
  });

  it('mend a dataset once, however many ask', async () => {
    const id = await inError();
    const answers = await Promise.all(Array.from({ length: 5 }, () => patch(id, { targetColumn: 'segment' })));
    const statuses = answers.map(({ status }) => status).toSorted();
    expect(statuses).toEqual([200, 409, 409, 409, 409]);
    await eventually(async () => (await statusOf(id)) === 'ready', 'it gets ready');
  });

  it('settle waiting and starting jobs alike, whatever comes first', async () => {
    const ids = await Promise.all(
      Array.from({ length: 15 }, async () => {
        const dataset = await training.createDataset(client);
        return training.startedJob(client, dataset, { ...EXAMPLE_JOB, hyperparameters: { epochs: 1 } });
      }),
    );
    const jobs = await Promise.all(ids.map((id) => training.ended(client, id)));
    expect(new Set(jobs.map(({ status }) => status))).toEqual(new Set(['completed']));
  });
});
