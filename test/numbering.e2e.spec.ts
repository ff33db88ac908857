import { TestPlatform } from './support/platform.js';
import { refusal } from './support/problem.js';
import { createDataset, createJob, ended, type JobAnswer, startJob, versionsOf } from './support/training.js';

type NumberedJob = JobAnswer & { versionBump: string; requestedVersion?: string; version?: string };

const AT_ONCE = 50;

describe('version numbers', () => {
  let platform: TestPlatform;
  let datasetId: string;

  beforeAll(async () => {
    platform = await TestPlatform.start({ workers: 2 });
    datasetId = await createDataset(platform.client);
  });
  afterAll(() => platform.stop());

  const RUN = { hyperparameters: { epochs: 1 }, simulation: { epochMs: 0 } };
  const post = (body: object) =>
    platform.client.post<NumberedJob>('/jobs', { name: 'Numbered', modelType: 'xgboost', datasetId, ...RUN, ...body });
  const completed = async (id: string) => {
    await startJob(platform.client, id);
    return (await ended(platform.client, id)) as NumberedJob;
  };
  const trainedAs = async (body: object) => {
    const { version } = await completed((await post(body)).body.id);
    return version;
  };
  const numbers = async (modelId: string) =>
    (await versionsOf(platform.client, modelId))
      .map(({ version }) => version)
      .filter((version) => version !== undefined);

  it('have neither gap nor repetition when 50 jobs of one model complete at once', async () => {
    const { client } = platform;
    const jobs = await Promise.all(
      Array.from({ length: AT_ONCE }, () => createJob(client, datasetId, { modelId: 'many', ...RUN })),
    );
    await Promise.all(jobs.map((id) => startJob(client, id)));
    const given = [];
    for (const id of jobs) given.push(((await ended(client, id)) as NumberedJob).version);
    const expected = Array.from({ length: AT_ONCE }, (_, index) => `1.${index}.0`);
    expect(given.toSorted()).toEqual(expected.toSorted());
    expect((await numbers('many')).toSorted()).toEqual(expected.toSorted());
  });

  it('keep to the bumps of their jobs, in whatever order those complete', async () => {
    const { client } = platform;
    const bumps = Array.from({ length: 24 }, (_, index) => ['major', 'minor', 'patch'][index % 3]!);
    const jobs = await Promise.all(
      bumps.map((versionBump) => createJob(client, datasetId, { modelId: 'mixed', versionBump, ...RUN })),
    );
    await Promise.all(jobs.map((id) => startJob(client, id)));
    const given: { bump: string; version: string }[] = [];
    for (const id of jobs) {
      const { versionBump, version } = (await ended(client, id)) as NumberedJob;
      given.push({ bump: versionBump, version: version! });
    }
    const inOrder = given.map(({ bump, version }) => ({ bump, number: version.split('.').map(Number) }));
    inOrder.sort((a, b) => compared(a.number, b.number));
    expect(inOrder[0]!.number).toEqual([1, 0, 0]);
    for (const [index, { bump, number }] of inOrder.slice(1).entries()) {
      const [major, minor, patch] = inOrder[index]!.number as [number, number, number];
      const next = { major: [major + 1, 0, 0], minor: [major, minor + 1, 0], patch: [major, minor, patch + 1] };
      expect(number).toEqual(next[bump as keyof typeof next]);
    }
  });

  it('are the ones that were asked for, where these are the highest', async () => {
    expect(await trainedAs({ modelId: 'asked', version: '0.3.0' })).toBe('0.3.0');
    expect(await trainedAs({ modelId: 'asked', versionBump: 'patch' })).toBe('0.3.1');
    expect(await trainedAs({ modelId: 'asked', version: '2.10.7' })).toBe('2.10.7');
    expect(await trainedAs({ modelId: 'asked', version: '2.11.0', versionBump: 'major' })).toBe('2.11.0');
    expect(await trainedAs({ modelId: 'asked' })).toBe('2.12.0');
    for (const version of ['2.12.0', '2.9.99', '0.0.0']) {
      expect(refusal(await post({ modelId: 'asked', version }))).toEqual([409, 'version_not_highest']);
    }
    for (const version of ['2', 'v3.0.0', '3.0.0-rc.1', '03.0.0', '1000000000.0.0', 3, null]) {
      expect(refusal(await post({ modelId: 'asked', version }))).toEqual([400, 'validation_failed']);
    }
    expect(refusal(await post({ modelId: 'asked', versionBump: 'huge' }))).toEqual([400, 'validation_failed']);
  });

  it('are the next ones where what was asked for was overtaken, and the job says both', async () => {
    const [slow, equal] = await Promise.all([
      post({ modelId: 'overtaken', version: '1.5.0' }),
      post({ modelId: 'overtaken', version: '1.6.0', versionBump: 'patch' }),
    ]);
    expect(await trainedAs({ modelId: 'overtaken', version: '1.6.0' })).toBe('1.6.0');
    const described = await platform.client.patch<NumberedJob>(`/jobs/${slow.body.id}`, { description: 'Late.' });
    expect(described.body).toMatchObject({ requestedVersion: '1.5.0', description: 'Late.' });
    expect(await completed(slow.body.id)).toMatchObject({ requestedVersion: '1.5.0', version: '1.7.0' });
    expect(await completed(equal.body.id)).toMatchObject({ requestedVersion: '1.6.0', version: '1.7.1' });
  });

  it('can be asked for otherwise until the job is started, and stay with it when it is tried again', async () => {
    const { client } = platform;
    await trainedAs({ modelId: 'changed', version: '4.0.0' });
    const { id } = (await post({ modelId: 'changed' })).body;
    const patch = (body: object) => client.patch<NumberedJob>(`/jobs/${id}`, body);
    expect((await patch({ version: '5.0.0', versionBump: 'major' })).body).toMatchObject({
      versionBump: 'major',
      requestedVersion: '5.0.0',
    });
    expect(refusal(await patch({ version: '4.0.0' }))).toEqual([409, 'version_not_highest']);
    const failing = { faults: [{ kind: 'fail', atEpoch: 1 }] };
    await patch({ simulation: failing });
    expect(await completed(id)).toMatchObject({ status: 'failed' });
    expect((await numbers('changed')).toSorted()).toEqual(['4.0.0']);
    const retry = await client.post<NumberedJob>(`/jobs/${id}/retry`, {});
    expect(await ended(client, retry.body.id)).toMatchObject({ requestedVersion: '5.0.0', version: '5.0.0' });
  });

  it('are never given to what did not complete, which is listed as archived with the reason', async () => {
    const failing = { simulation: { epochMs: 0, faults: [{ kind: 'fail', atEpoch: 1 }] } };
    await completed((await post({ modelId: 'gapless', ...failing })).body.id);
    expect(await trainedAs({ modelId: 'gapless' })).toBe('1.0.0');
    const versions = await versionsOf(platform.client, 'gapless');
    expect(versions.toSorted((a, b) => (a.id < b.id ? -1 : 1))).toMatchObject([
      { status: 'archived', statusReason: 'job_failed' },
      { status: 'ready', version: '1.0.0' },
    ]);
    expect(versions.find(({ status }) => status === 'archived')).not.toHaveProperty('version');
  });
});

function compared(a: number[], b: number[]): number {
  return a.map((number, index) => number - b[index]!).find((difference) => difference !== 0) ?? 0;
}
