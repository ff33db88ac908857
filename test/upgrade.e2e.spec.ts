import { penguinsCsv } from './factories/penguins.factory.js';
import { TestPlatform } from './support/platform.js';
import { RELEASE } from './support/releases.mjs';
import { releaseFolder } from './support/release.js';
import {
  createDataset,
  ended,
  getJob,
  type Page,
  reachesEpoch,
  reachesPhase,
  startedJob,
  type VersionAnswer,
  versionsOf,
} from './support/training.js';
import { uploaded } from './support/uploads.js';

const EPOCHS = 40;
const LONG = { hyperparameters: { epochs: EPOCHS }, simulation: { seed: 7, epochMs: 25 } };

/** Processes of the release before on the schema of today: how a platform stands while it is upgraded, or turned back. */
describe(`on the schema of today, ${RELEASE.version}`, () => {
  let release: string;
  let platform: TestPlatform;
  let datasetId: string;
  /** What a run of LONG comes to when nothing happens to it and all is of this release. */
  let undisturbed: VersionAnswer;

  beforeAll(async () => {
    release = await releaseFolder();
    platform = await TestPlatform.start();
    const { client } = platform;
    datasetId = await createDataset(client);
    await ended(client, await startedJob(client, datasetId, { ...LONG, modelId: 'undisturbed' }));
    [undisturbed] = (await versionsOf(client, 'undisturbed')) as [VersionAnswer];
  });
  afterAll(() => platform.stop());

  /** Ends all workers, and has this many of a release in their place. */
  const workersOf = async (from: string | undefined, count = 1) => {
    await Promise.all(platform.workers.splice(0).map((worker) => worker.stop()));
    for (let left = count; left > 0; left--) await platform.addWorker({}, from);
  };
  const epochsOf = async (jobId: string) => {
    const { body } = await platform.client.get<Page<{ epoch: number }>>(`/jobs/${jobId}/progress/history?limit=200`);
    return body.data.map(({ epoch }) => epoch);
  };
  const ALL = Array.from({ length: EPOCHS }, (_, index) => index + 1);
  const expectTheSame = async (jobId: string, modelId: string) => {
    expect(await ended(platform.client, jobId)).toMatchObject({ status: 'completed' });
    expect(await epochsOf(jobId)).toEqual(ALL);
    const [version] = await versionsOf(platform.client, modelId);
    expect(version).toMatchObject({ version: '1.0.0', status: 'ready', metrics: undisturbed.metrics });
  };

  describe('as a worker', () => {
    beforeAll(() => workersOf(release));

    it('trains, to the same model', async () => {
      const { client } = platform;
      await expectTheSame(await startedJob(client, datasetId, { ...LONG, modelId: 'alone' }), 'alone');
    });

    it('reads uploads', async () => {
      expect(await uploaded(platform.client, penguinsCsv())).toMatchObject({ status: 'ready', size: 344 });
    });

    it('stops, pauses, goes on and tries again', async () => {
      const { client } = platform;
      const stopped = await startedJob(client, datasetId, LONG);
      await reachesEpoch(client, stopped, 2);
      await client.post(`/jobs/${stopped}/cancel`);
      const paused = await startedJob(client, datasetId, { ...LONG, modelId: 'paused' });
      await reachesEpoch(client, paused, 2);
      await client.post(`/jobs/${paused}/pause`);
      await reachesPhase(client, paused, 'paused');
      await client.post(`/jobs/${paused}/resume`);
      const faults = [{ kind: 'transient_failure', atEpoch: 3 }];
      const simulation = { ...LONG.simulation, faults };
      const failing = await startedJob(client, datasetId, { ...LONG, simulation, modelId: 'failing' });
      expect(await ended(client, stopped)).toMatchObject({ status: 'cancelled' });
      await expectTheSame(paused, 'paused');
      await expectTheSame(failing, 'failing');
    });
  });

  it.each([
    ['to this release', undefined, () => release],
    ['from this release', () => release, undefined],
  ] as const)('hands a run over %s, epoch by epoch the same', async (direction, to, from) => {
    const { client } = platform;
    await workersOf(from?.());
    const modelId = direction.replaceAll(' ', '_');
    const jobId = await startedJob(client, datasetId, { ...LONG, modelId });
    await reachesEpoch(client, jobId, 5);
    await workersOf(to?.());
    await expectTheSame(jobId, modelId);
    expect(await getJob(client, jobId)).toMatchObject({ attempt: 2 });
  });

  it.each([
    ['with workers of this release', undefined],
    ['with its own workers', () => release],
  ] as const)('as an API, %s', async (name, from) => {
    await workersOf(from?.());
    const api = await platform.addApi({}, release);
    const modelId = name.replaceAll(' ', '_');
    const jobId = await startedJob(api, await createDataset(api), { ...LONG, modelId });
    await expectTheSame(jobId, modelId);
    expect(await ended(api, jobId)).toMatchObject({ status: 'completed' });
    expect((await api.post(`/models/${modelId}/versions/1.0.0/deploy`)).status).toBe(200);
    expect((await platform.client.get(`/models/${modelId}/deployed`)).body).toMatchObject({ version: '1.0.0' });
  });
});
