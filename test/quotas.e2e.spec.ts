import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { penguinsCsv } from './factories/penguins.factory.js';
import { type Answer, BASE_PATH, type Client, testToken } from './support/client.js';
import { eventually } from './support/eventually.js';
import { TestPlatform } from './support/platform.js';
import { createDataset, createJob, ended, reachesPhase, startedJob, startJob } from './support/training.js';
import { declared, filesIn, settled, slowUpload, upload, uploaded } from './support/uploads.js';

const TENANT_QUOTAS = {
  arriving: { storageBytes: 1_000 },
  runs: { runningJobs: 2, epochsPerJob: 0 },
  one: { runningJobs: 1 },
  others: { runningJobs: Number.MAX_SAFE_INTEGER },
  queue: { queuedJobs: 3 },
  space: { storageBytes: 1_000 },
};
/** Of every tenant that has no other. */
const EPOCHS = 50;

interface Refusal {
  code: string;
  quota: { name: string; limit: number; used?: number };
}

/** CSV of exactly so many bytes. */
const csvOf = (bytes: number) => `a,b\n${'1,2\n'.repeat(Math.floor(bytes / 4) - 2)}${'1,2'.padEnd((bytes % 4) + 4)}`;

describe('quotas', () => {
  let platform: TestPlatform;

  beforeAll(async () => {
    const environment = { TENANT_QUOTAS: JSON.stringify(TENANT_QUOTAS), QUOTA_EPOCHS_PER_JOB: String(EPOCHS) };
    platform = await TestPlatform.start({ apis: 2, workers: 2, environment });
  });
  afterAll(() => platform.stop());

  const as = (tenant: string, api = 0) => platform.clients[api]!.as(testToken({ tenant }));
  const refused = ({ status, body }: Answer<Refusal>) => ({ status, code: body.code, quota: body.quota });
  const usage = async (client: Client) => (await client.get<Record<string, object>>('/quotas')).body;

  it('are told with what is used of them, and without a limit where there is none', async () => {
    expect(await usage(as('runs'))).toEqual({
      runningJobs: { used: 0, limit: 2 },
      queuedJobs: { used: 0 },
      epochsPerJob: {},
      storageBytes: { used: 0 },
    });
    expect((await usage(as('any')))['epochsPerJob']).toEqual({ limit: EPOCHS });
  });

  describe('of running jobs', () => {
    /** The most runs of the tenant that trained at the same time, by the record of their events. */
    const mostAtOnce = async (tenant: string) => {
      const sql = `
        SELECT max(at_once)::int AS most FROM (
          SELECT sum(change) OVER (ORDER BY at, change) AS at_once FROM (
            SELECT at, 1 AS change FROM job_events WHERE tenant_id = $1 AND phase = 'starting'
            UNION ALL
            SELECT at, -1 FROM job_events WHERE tenant_id = $1 AND phase IN ('done', 'paused')
          ) AS changes
        ) AS moments`;
      return (await platform.database.rows<{ most: number }>(sql, [tenant]))[0]!.most;
    };

    it('let jobs beyond it wait, and hold up no other tenant', async () => {
      const [mine, others] = [as('runs'), as('others', 1)];
      const [datasetId, theirs] = [await createDataset(mine), await createDataset(others)];
      const run = { hyperparameters: { epochs: 8 }, simulation: { epochMs: 50 } };
      const longer = { ...run, simulation: { epochMs: 300 } };
      const jobs = await Promise.all(Array.from({ length: 12 }, () => createJob(mine, datasetId, run)));
      await Promise.all(jobs.map((id, index) => startJob(as('runs', index % 2), id)));
      const other = await Promise.all(Array.from({ length: 6 }, () => startedJob(others, theirs, longer)));
      for (const id of jobs) expect(await ended(mine, id)).toMatchObject({ status: 'completed', attempt: 1 });
      for (const id of other) expect(await ended(others, id)).toMatchObject({ status: 'completed' });
      expect(await mostAtOnce('runs')).toBe(2);
      expect(await mostAtOnce('others')).toBeGreaterThan(2);
    });

    it('give a free place to the job that is first in line, and count no paused one', async () => {
      const client = as('one');
      const datasetId = await createDataset(client);
      const long = { hyperparameters: { epochs: EPOCHS }, simulation: { epochMs: 10_000 } };
      const brief = { hyperparameters: { epochs: 1 } };
      const first = await startedJob(client, datasetId, long);
      await reachesPhase(client, first, 'training');
      const late = await startedJob(client, datasetId, brief);
      const urgent = await startedJob(client, datasetId, { ...brief, priority: 90 });
      expect(await usage(client)).toMatchObject({ runningJobs: { used: 1, limit: 1 }, queuedJobs: { used: 2 } });
      await client.post(`/jobs/${first}/pause`);
      const started = await Promise.all([late, urgent].map(async (id) => (await ended(client, id)).startedAt!));
      expect(Date.parse(started[1]!)).toBeLessThan(Date.parse(started[0]!));
      expect((await client.post(`/jobs/${first}/resume`)).status).toBe(202);
      await reachesPhase(client, first, 'training');
      await client.post(`/jobs/${first}/cancel`);
      expect((await ended(client, first)).status).toBe('cancelled');
      expect(await mostAtOnce('one')).toBe(1);
    });
  });

  it('of queued jobs refuse the one too many, whoever comes at once', async () => {
    const client = as('queue');
    const waiting = await declared(client);
    const jobs = await Promise.all(Array.from({ length: 10 }, () => createJob(client, waiting)));
    const start = (id: string, index = 0) => as('queue', index % 2).post<Refusal>(`/jobs/${id}/start`);
    const answers = await Promise.all(jobs.map(start));
    const over = answers.filter(({ status }) => status !== 202);
    expect(answers.length - over.length).toBe(3);
    for (const answer of over) {
      const quota = { name: 'queuedJobs', limit: 3, used: 3 };
      expect(refused(answer)).toEqual({ status: 409, code: 'quota_exceeded', quota });
    }
    const started = jobs[answers.findIndex(({ status }) => status === 202)]!;
    const left = jobs[answers.findIndex(({ status }) => status === 409)]!;
    await client.post(`/jobs/${started}/pause`);
    expect((await start(left)).status).toBe(409);
    await client.post(`/jobs/${started}/cancel`);
    expect((await start(left)).status).toBe(202);
    expect(refused(await client.post<Refusal>(`/jobs/${started}/retry`))).toMatchObject({ code: 'quota_exceeded' });
  });

  it('of epochs refuse a job with more, new or changed', async () => {
    const client = as('any');
    const datasetId = await createDataset(client);
    const epochs = (count: number) => ({ hyperparameters: { epochs: count } });
    const jobId = await createJob(client, datasetId, epochs(EPOCHS));
    const { body } = await client.get<Record<string, unknown>>(`/jobs/${jobId}`);
    const more = { name: 'more', modelType: body.modelType, datasetId, ...epochs(EPOCHS + 1) };
    const quota = { name: 'epochsPerJob', limit: EPOCHS };
    const expected = { status: 409, code: 'quota_exceeded', quota };
    expect(refused(await client.post<Refusal>('/jobs', more))).toEqual(expected);
    expect(refused(await client.patch<Refusal>(`/jobs/${jobId}`, epochs(EPOCHS + 1)))).toEqual(expected);
  });

  describe('of storage', () => {
    const client = () => as('space');
    const FULL = { name: 'storageBytes', limit: 1_000, used: 1_000 };

    it('let one of two uploads in that fit only alone, and keep nothing of the other', async () => {
      const sets = await Promise.all([declared(client()), declared(client())]);
      const answers = await Promise.all(sets.map((id, api) => upload(as('space', api), id, csvOf(600))));
      expect(answers.map(({ status }) => status).toSorted()).toEqual([202, 409]);
      const late = answers.findIndex(({ status }) => status === 409);
      expect(answers[late]!.body).toMatchObject({ code: 'quota_exceeded', quota: { name: 'storageBytes' } });
      expect(filesIn(`${platform.folder}/datasets`)).toHaveLength(1);
      expect(await usage(client())).toMatchObject({ storageBytes: { used: 600, limit: 1_000 } });
      expect((await client().get<{ status: string }>(`/datasets/${sets[late]}`)).body.status).toBe('uploading');
      expect((await upload(client(), sets[late]!, csvOf(400))).status).toBe(202);
      await settled(client(), sets[late]!);
    });

    it('refuse what is announced as too large and what turns out to be, and let no job start', async () => {
      const id = await declared(client());
      const announced = await upload(client(), id, csvOf(500));
      const { request, answer } = slowUpload(client(), id, {
        authorization: `Bearer ${testToken({ tenant: 'space' })}`,
      });
      request.write(csvOf(300));
      request.end(csvOf(300));
      const streamed = await answer;
      for (const { status, text } of [announced, streamed]) {
        const { code, quota } = JSON.parse(text) as Refusal;
        expect({ status, code, quota }).toEqual({ status: 409, code: 'quota_exceeded', quota: FULL });
      }
      const jobId = await createJob(client(), await createDataset(client()));
      const start = () => client().post<Refusal>(`/jobs/${jobId}/start`);
      expect(refused(await start())).toEqual({ status: 409, code: 'quota_exceeded', quota: FULL });
      const { data } = (await client().get<{ data: { id: string; content?: object }[] }>('/datasets')).body;
      for (const dataset of data.filter(({ content }) => content)) await client().delete(`/datasets/${dataset.id}`);
      expect((await start()).status).toBe(202);
    });

    it('give what arrives at once room once, and a form as much as a file', async () => {
      const sender = as('arriving');
      const [slow, other, form] = await Promise.all([declared(sender), declared(sender), declared(sender)]);
      const authorization = `Bearer ${testToken({ tenant: 'arriving' })}`;
      const { request, answer } = slowUpload(sender, slow, { authorization });
      request.write(csvOf(600));
      const arrived = () =>
        readdirSync(`${platform.folder}/datasets`, { recursive: true, withFileTypes: true }).some(
          (entry) => entry.isFile() && statSync(path.join(entry.parentPath, entry.name)).size === 600,
        );
      await eventually(arrived, 'the first part has arrived');
      expect((await upload(sender, other, csvOf(600))).body).toMatchObject({ code: 'quota_exceeded' });
      request.end();
      expect((await answer).status).toBe(202);
      const body = new FormData();
      body.append('file', new Blob([csvOf(400)]), 'rest.csv');
      const sent = await fetch(`${sender.origin}${BASE_PATH}/datasets/${form}/content`, {
        method: 'PUT',
        headers: { authorization },
        body,
      });
      expect(sent.status).toBe(202);
      expect(await usage(sender)).toMatchObject({ storageBytes: { used: 1_000, limit: 1_000 } });
      await Promise.all([slow, form].map((id) => settled(sender, id)));
    });

    it('count content that is replaced once, and model files', async () => {
      const other = as('files');
      const { id, content } = await uploaded(other, penguinsCsv());
      const jobId = await startedJob(other, id, { hyperparameters: { epochs: 1 }, modelId: 'files' });
      await ended(other, jobId);
      const { body } = await other.get<{ fileSize: number }>('/models/files/versions/1.0.0');
      expect(await usage(other)).toMatchObject({ storageBytes: { used: content!.bytes + body.fileSize } });
    });
  });
});
