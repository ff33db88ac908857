import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { EXAMPLE_DATASET, exampleJob } from './example.js';
import { RestClient } from './rest-client.js';
import { tour } from './tour.js';

type Answers = Record<string, [status: number, body: unknown] | undefined>;

const progress = (currentEpoch: number, status: string) => ({ currentEpoch, totalEpochs: 2, status });
const version = { modelId: 'm', version: '1.0.0', status: 'ready', trainingJobId: 'job_1' };
const wellBehaved: Answers = {
  'POST /datasets': [201, { id: 'dataset_1', name: 'd' }],
  'POST /jobs': [201, { id: 'job_1', name: 'j', modelId: 'm' }],
  'POST /jobs/job_1/start': [202, { id: 'job_1' }],
  'GET /jobs/job_1/progress': [200, progress(2, 'completed')],
  'GET /models/m/versions': [200, { data: [{ ...version, trainingJobId: 'job_0' }, version] }],
};

describe('tour', () => {
  let server: http.Server;
  let requests: { line: string; authorization: string | undefined; body: string }[];
  const interrupt = new AbortController();

  const run = async (answers: Answers) => {
    requests = [];
    const respond = async (request: http.IncomingMessage, response: http.ServerResponse) => {
      const line = `${request.method} ${request.url}`;
      const chunks = (await request.toArray()) as Buffer[];
      requests.push({ line, authorization: request.headers.authorization, body: Buffer.concat(chunks).toString() });
      const answer = answers[line];
      if (answer) response.writeHead(answer[0]).end(JSON.stringify(answer[1]));
      else response.destroy();
    };
    server = http.createServer((request, response) => void respond(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const written: string[] = [];
    const client = new RestClient(
      `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      'a.b.c',
      interrupt.signal,
    );
    await tour(client, { write: (text) => written.push(text) });
    return written.join('');
  };
  afterEach(() => void (server.closeAllConnections(), server.close()));

  it('goes from the original dataset to the version that its job trained', async () => {
    expect(await run(wellBehaved)).toContain('Model m 1.0.0 (ready), trained by job_1');
    expect(requests.map(({ line }) => line)).toEqual(Object.keys(wellBehaved));
    expect(JSON.parse(requests[0]!.body)).toEqual(EXAMPLE_DATASET);
    expect(JSON.parse(requests[1]!.body)).toEqual(exampleJob('dataset_1'));
    expect(new Set(requests.map(({ authorization }) => authorization))).toEqual(new Set(['Bearer a.b.c']));
  });

  it('repeats what the API says about a refused request', async () => {
    const problem = { title: 'Conflict', detail: 'The job was started already', code: 'job_already_started' };
    await expect(run({ ...wellBehaved, 'POST /jobs/job_1/start': [409, problem] })).rejects.toThrow(
      'POST /jobs/job_1/start was answered with 409: Conflict: The job was started already (job_already_started)',
    );
  });

  it('tells why a job failed', async () => {
    const answers: Answers = {
      'GET /jobs/job_1/progress': [200, progress(1, 'failed')],
      'GET /jobs/job_1': [200, { error: 'diverged' }],
    };
    await expect(run({ ...wellBehaved, ...answers })).rejects.toThrow('The job ended as failed: diverged');
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
