import { type Answer, FakeApi, streamOf } from '../client/fake-api.contract.js';
import { RestClient } from '../client/rest-client.js';
import { PlainDisplay } from '../watch/plain-display.js';
import { EXAMPLE_DATASET, exampleJob } from './example.js';
import { tour } from './tour.js';

const progress = (currentEpoch: number) => ({ currentEpoch, totalEpochs: 2, loss: 1 / currentEpoch });
const trained = (end: object): Answer =>
  streamOf({
    events: [
      ['progress', progress(1)],
      ['progress', progress(2)],
      ['done', end],
    ],
    cuts: [100],
  });
const version = { modelId: 'm', version: '1.0.0', status: 'ready', trainingJobId: 'job_1' };
const wellBehaved: Record<string, Answer> = {
  'POST /datasets': [201, { id: 'dataset_1', name: 'd' }],
  'POST /jobs': [201, { id: 'job_1', name: 'j', modelId: 'm' }],
  'POST /jobs/job_1/start': [202, { id: 'job_1' }],
  'GET /jobs/job_1/progress/stream': trained({ status: 'completed', version: '1.0.0' }),
  'GET /models/m/versions': [200, { data: [{ ...version, trainingJobId: 'job_0' }, version] }],
};

describe('tour', () => {
  let api: FakeApi;
  const interrupt = new AbortController();

  const run = async (answers: Record<string, Answer>) => {
    api = new FakeApi(answers);
    const written: string[] = [];
    const output = { write: (text: string) => written.push(text) };
    const client = new RestClient(await api.listen(), 'a.b.c', interrupt.signal);
    await tour(client, output, new PlainDisplay(output));
    return written.join('');
  };
  afterEach(() => api.close());

  it('goes from the original dataset to the version that its job trained', async () => {
    const text = await run(wellBehaved);
    expect(text).toContain('100 %  epoch 2/2  loss 0.5000');
    expect(text).toContain('Model m 1.0.0 (ready), trained by job_1');
    const lines = api.asked.map(({ line }) => line.replace('?after=0', ''));
    expect([...new Set(lines)]).toEqual(Object.keys(wellBehaved));
    expect(JSON.parse(api.asked[0]!.body)).toEqual(EXAMPLE_DATASET);
    expect(JSON.parse(api.asked[1]!.body)).toEqual(exampleJob('dataset_1'));
    expect(new Set(api.asked.map(({ headers }) => headers.authorization))).toEqual(new Set(['Bearer a.b.c']));
  });

  it('repeats what the API says about a refused request', async () => {
    const problem = { title: 'Conflict', detail: 'The job was started already', code: 'job_already_started' };
    await expect(run({ ...wellBehaved, 'POST /jobs/job_1/start': [409, problem] })).rejects.toThrow(
      'POST /jobs/job_1/start was answered with 409: Conflict: The job was started already (job_already_started)',
    );
  });

  it('tells why a job failed', async () => {
    const failed = trained({ status: 'failed', error: 'The loss is no number', errorCode: 'diverged' });
    await expect(run({ ...wellBehaved, 'GET /jobs/job_1/progress/stream': failed })).rejects.toThrow(
      'The job ended as failed: The loss is no number (diverged)',
    );
  });

  it('misses a version that should be there', async () => {
    await expect(run({ ...wellBehaved, 'GET /models/m/versions': [200, { data: [] }] })).rejects.toThrow(
      /has no version/,
    );
  });

  it('tells which request got no answer', async () => {
    await expect(run({ ...wellBehaved, 'POST /jobs': undefined })).rejects.toThrow(
      /^POST \/jobs got no answer \(.*\)$/,
    );
  });

  it('ends when it is interrupted', async () => {
    interrupt.abort(new Error('interrupted'));
    await expect(run(wellBehaved)).rejects.toThrow('interrupted');
  });
});
