import { type Done, followJob } from '../client/job-stream.js';
import type { Dataset, Job, List, ModelVersion } from '../client/resources.js';
import type { RestClient } from '../client/rest-client.js';
import type { Display, Output } from '../watch/display.js';
import { endNote } from '../watch/notes.js';
import { watchRun } from '../watch/watch-run.js';
import { EXAMPLE_DATASET, exampleJob } from './example.js';
import { versionReport } from './version-report.js';

const TRAINING_LIMIT_MS = 50_000;

/** The way of the original example: dataset, job, start, progress, version. Throws when any step goes wrong. */
export async function tour(client: RestClient, output: Pick<Output, 'write'>, display: Display): Promise<void> {
  const say = (line: string) => output.write(`${line}\n`);
  const dataset = await client.post<Dataset>('/datasets', EXAMPLE_DATASET);
  say(`POST /datasets            ${dataset.id}  ${dataset.name}`);
  const job = await client.post<Job>('/jobs', exampleJob(dataset.id));
  say(`POST /jobs                ${job.id}  ${job.name}`);
  await client.post(`/jobs/${job.id}/start`);
  say(`POST /jobs/:id/start      accepted; following GET /jobs/:id/progress/stream`);

  const end = await follow(client, job, display);
  if (end.status !== 'completed') throw new Error(endNote(end));
  const { data } = await client.get<List<ModelVersion>>(`/models/${job.modelId}/versions`);
  const version = data.find(({ trainingJobId }) => trainingJobId === job.id);
  if (!version) throw new Error(`The job completed, but ${job.modelId} has no version that it trained`);
  say(`GET /models/:modelId/versions\n\n${versionReport(version)}`);
}

async function follow(client: RestClient, job: Job, display: Display): Promise<Done> {
  const tooLong = new AbortController();
  const reason = new Error(`The job did not end within ${TRAINING_LIMIT_MS / 1_000} s`);
  const timer = setTimeout(() => tooLong.abort(reason), TRAINING_LIMIT_MS);
  try {
    return await watchRun(followJob(client, job.id, { signal: tooLong.signal }), display);
  } finally {
    clearTimeout(timer);
  }
}
