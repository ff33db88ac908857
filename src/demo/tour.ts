import { setTimeout as delay } from 'node:timers/promises';
import { EXAMPLE_DATASET, exampleJob } from './example.js';
import { type Output, ProgressDisplay } from './progress-display.js';
import type { Dataset, Job, List, ModelVersion, Progress } from './resources.js';
import type { RestClient } from './rest-client.js';
import { versionReport } from './version-report.js';

const POLL_MS = 250;
const TRAINING_LIMIT_MS = 50_000;
const ENDED = ['completed', 'failed', 'cancelled'];

/** The way of the original example: dataset, job, start, progress, version. Throws when any step goes wrong. */
export async function tour(client: RestClient, output: Output): Promise<void> {
  const say = (line: string) => output.write(`${line}\n`);
  const dataset = await client.post<Dataset>('/datasets', EXAMPLE_DATASET);
  say(`POST /datasets            ${dataset.id}  ${dataset.name}`);
  const job = await client.post<Job>('/jobs', exampleJob(dataset.id));
  say(`POST /jobs                ${job.id}  ${job.name}`);
  await client.post(`/jobs/${job.id}/start`);
  say(`POST /jobs/:id/start      accepted; following GET /jobs/:id/progress`);

  const { status } = await follow(client, job, output);
  if (status !== 'completed') {
    const { error } = await client.get<Job>(`/jobs/${job.id}`);
    throw new Error(`The job ended as ${status}${error ? `: ${error}` : ''}`);
  }
  const { data } = await client.get<List<ModelVersion>>(`/models/${job.modelId}/versions`);
  const version = data.find(({ trainingJobId }) => trainingJobId === job.id);
  if (!version) throw new Error(`The job completed, but ${job.modelId} has no version that it trained`);
  say(`GET /models/:modelId/versions\n\n${versionReport(version)}`);
}

async function follow(client: RestClient, job: Job, output: Output): Promise<Progress> {
  const display = new ProgressDisplay(output);
  const deadline = Date.now() + TRAINING_LIMIT_MS;
  try {
    for (;;) {
      const progress = await client.get<Progress>(`/jobs/${job.id}/progress`);
      display.show(progress);
      if (ENDED.includes(progress.status)) return progress;
      if (Date.now() > deadline) throw new Error(`The job did not end within ${TRAINING_LIMIT_MS / 1_000} s`);
      await delay(POLL_MS);
    }
  } finally {
    display.end();
  }
}
