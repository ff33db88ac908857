import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { RunProtocol } from '../../src/modules/training/run.protocol.js';
import type { Client } from '../../test/support/client.js';
import type { TestDatabase } from '../../test/support/database.js';
import { median } from '../harness/median.js';
import { milliseconds } from '../history/latencies.js';

const DATASET = `dataset_${'1'.padStart(32, '0')}`;
const JOB = { name: 'Growing', datasetId: DATASET, modelType: 'neural_network', modelId: 'model_0' };
const METRICS = { loss: 0.3, validationLoss: 0.4, accuracy: 0.5, epochs: 1 };
const PERFORMANCE = { accuracy: 0.5, latency: 1, throughput: 1, memoryUsage: 1 };

/** Takes a job from its creation to its completion; milliseconds of each step. */
async function aJob(database: TestDatabase, protocol: RunProtocol, client: Client): Promise<Record<string, number>> {
  const post = async (path: string, body?: unknown) => {
    const answer = await client.post<{ id: string }>(path, body);
    if (answer.status >= 300) throw new Error(answer.text);
    return answer.body.id;
  };
  let id = '';
  const create = await milliseconds(async () => (id = await post('/jobs', { ...JOB, hyperparameters: { epochs: 1 } })));
  const start = await milliseconds(() => post(`/jobs/${id}/start`));
  let run: Awaited<ReturnType<RunProtocol['claim']>> = null;
  const claim = await milliseconds(async () => (run = await protocol.claim(id, 1, 'worker_1', 86_400_000)));
  await database.rows('UPDATE training_jobs SET current_epoch = 1 WHERE id = $1', [id]);
  const artefact = { path: `growing/${randomUUID()}`, size: 1, sha256: '0'.repeat(64) };
  const result = { metrics: METRICS, performance: PERFORMANCE, artefact };
  const complete = await milliseconds(async () => {
    if (!(await protocol.complete(run!, result))) throw new Error('Nothing was completed');
  });
  return { 'POST /jobs': create, 'POST /jobs/:id/start': start, claim, complete };
}

/** What is written of a job, however much there is already; the median of each round's. */
export async function writes(
  database: TestDatabase,
  source: DataSource,
  client: Client,
  rounds: number,
  jobs: number,
): Promise<Record<string, number[]>> {
  const protocol = new RunProtocol((source.driver as unknown as { master: pg.Pool }).master);
  const samples: Record<string, number[]> = {};
  for (let round = 0; round <= rounds; round++) {
    const taken: Record<string, number>[] = [];
    for (let job = 0; job < jobs; job++) taken.push(await aJob(database, protocol, client));
    if (round === 0) continue;
    for (const step of Object.keys(taken[0]!)) (samples[step] ??= []).push(median(taken.map((of) => of[step]!)));
  }
  return samples;
}
