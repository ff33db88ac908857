import { type Answer, FakeApi, streamOf } from '../src/client/fake-api.contract.js';
import { Command } from './support/command.js';
import { eventually } from './support/eventually.js';

const JOB = '/v1/ai-training/jobs/job_1';
const SECRET = 'a-secret-that-is-long-enough-for-hs256';
const progress: [string, unknown] = ['progress', { currentEpoch: 1, totalEpochs: 1, loss: 0.5 }];

describe('npm run watch', () => {
  let api: FakeApi;
  afterEach(() => api.close());

  const run = async (stream: Answer, parameters = ['job_1']) => {
    api = new FakeApi({
      [`GET ${JOB}`]: [200, { id: 'job_1', name: 'Segments', modelType: 'neural_network' }],
      [`GET ${JOB}/progress/stream`]: stream,
    });
    const url = await api.listen();
    return new Command('watch.js', { JWT_SECRET: SECRET }, [...parameters, '--url', url]);
  };

  it.each([
    ['completed', 0],
    ['failed', 1],
  ])('ends when the job has %s, with code %i', async (status, code) => {
    const watch = await run(streamOf({ events: [progress, ['done', { status }]] }));
    expect([await watch.ended, watch.errors]).toEqual([code, []]);
    expect(watch.lines.at(-1)).toBe(`The job ended as ${status}`);
  });

  it('asks for no other path than that of the job, whatever its id holds', async () => {
    const id = 'a/../b?c#d%2F';
    const encoded = '/v1/ai-training/jobs/a%2F..%2Fb%3Fc%23d%252F';
    api = new FakeApi({
      [`GET ${encoded}`]: [200, { id, name: 'Segments', modelType: 'neural_network' }],
      [`GET ${encoded}/progress/stream`]: streamOf({ events: [['done', { status: 'completed' }]] }),
    });
    const watch = new Command('watch.js', { JWT_SECRET: SECRET }, [id, '--url', await api.listen()]);
    try {
      await eventually(() => api.asked.length > 1 || watch.errors.length > 0, 'it asks for the job and its stream');
      const paths = api.asked.map(({ line }) => line.replace(/\?after=\w+$/, ''));
      expect(paths).toEqual([`GET ${encoded}`, `GET ${encoded}/progress/stream`]);
      expect([await watch.ended, watch.errors]).toEqual([0, []]);
    } finally {
      watch.kill('SIGKILL');
    }
  });

  it('leaves at once on Ctrl-C', async () => {
    const watch = await run((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(`id: 1\nevent: progress\ndata: ${JSON.stringify(progress[1])}\n\n`);
    });
    await watch.prints(/(epoch 1\/1)/);
    watch.kill('SIGINT');
    expect([await watch.ended, watch.errors]).toEqual([130, []]);
  });

  it('says in one line that there is no such job', async () => {
    const watch = await run(undefined, ['job_2']);
    expect(await watch.ended).toBe(1);
    expect(watch.errors).toEqual([expect.stringMatching(/^GET \/jobs\/job_2 got no answer/)]);
  });

  it('shows its usage for a wrong command line', async () => {
    const watch = await run(undefined, []);
    expect(await watch.ended).toBe(2);
    expect(watch.errors.slice(0, 3)).toEqual(['Expected the id of one job', '', expect.stringMatching(/^Usage:/)]);
  });
});
