import { datasetBody } from '../factories/dataset.factory.js';
import { jobBody } from '../factories/job.factory.js';
import type { Client } from './client.js';
import { eventually } from './eventually.js';

/** As much of a job's answer as tests look at. */
export interface JobAnswer {
  id: string;
  status: string;
  phase: string;
  modelId: string;
  attempt: number;
  retryOf?: string;
  nextAttemptAt?: string;
  lastError?: { code: string; detail: string };
  progress: number;
  error?: string;
  errorCode?: string;
  startedAt?: string;
  completedAt?: string;
  actualDuration?: number;
  datasetSha256?: string;
  metrics?: Record<string, unknown>;
}

export interface ProgressAnswer {
  status: string;
  currentEpoch: number;
  totalEpochs: number;
  currentBatch: number;
  totalBatches: number;
  loss?: number;
  validationLoss?: number;
  accuracy?: number;
  estimatedTimeRemaining?: number;
  estimatedTimeRemainingLow?: number;
  estimatedTimeRemainingHigh?: number;
  estimatedStartAt?: string;
  estimatedFinishAt?: string;
  timestamp: string;
}

export interface VersionAnswer {
  id: string;
  version?: string;
  status: string;
  trainingJobId: string;
  metrics?: Record<string, unknown>;
  performance?: Record<string, number>;
  filePath?: string;
  fileSize?: number;
  sha256?: string;
}

export interface Page<T> {
  data: T[];
  hasMore: boolean;
  nextCursor?: string;
}

/** Creates something and gives its id; fails the test when it is refused. */
async function created(client: Client, path: string, body: unknown): Promise<string> {
  const answer = await client.post<{ id: string }>(path, body);
  if (answer.status !== 201) throw new Error(`${path} answered ${answer.status}: ${answer.text}`);
  return answer.body.id;
}

export function createDataset(client: Client, overrides: Record<string, unknown> = {}): Promise<string> {
  return created(client, '/datasets', datasetBody(overrides));
}

export function createJob(client: Client, datasetId: string, overrides: Record<string, unknown> = {}): Promise<string> {
  return created(client, '/jobs', jobBody(datasetId, overrides));
}

export async function startJob(client: Client, jobId: string): Promise<void> {
  const answer = await client.post(`/jobs/${jobId}/start`);
  if (answer.status !== 202) throw new Error(`Start answered ${answer.status}: ${answer.text}`);
}

export async function startedJob(
  client: Client,
  datasetId: string,
  overrides: Record<string, unknown> = {},
): Promise<string> {
  const jobId = await createJob(client, datasetId, overrides);
  await startJob(client, jobId);
  return jobId;
}

export async function getJob(client: Client, jobId: string): Promise<JobAnswer> {
  return (await client.get<JobAnswer>(`/jobs/${jobId}`)).body;
}

export async function getProgress(client: Client, jobId: string): Promise<ProgressAnswer> {
  return (await client.get<ProgressAnswer>(`/jobs/${jobId}/progress`)).body;
}

export async function versionsOf(client: Client, modelId: string): Promise<VersionAnswer[]> {
  return (await client.get<Page<VersionAnswer>>(`/models/${modelId}/versions?limit=200`)).body.data;
}

const ENDED = ['completed', 'failed', 'cancelled'];

export function reachesPhase(client: Client, jobId: string, phase: string): Promise<JobAnswer> {
  return eventually(async () => {
    const job = await getJob(client, jobId);
    return job.phase === phase && job;
  }, `job ${jobId} is ${phase}`);
}

export interface EventAnswer {
  number: number;
  status: string;
  phase: string;
  attempt: number;
  epoch: number;
  workerId?: string;
  reason?: string;
  detail?: string;
}

export async function eventsOf(client: Client, jobId: string): Promise<EventAnswer[]> {
  return (await client.get<Page<EventAnswer>>(`/jobs/${jobId}/events?limit=200`)).body.data;
}

/** Waits for the job to end, however it ends. */
export function ended(client: Client, jobId: string, deadlineMs = 60_000): Promise<JobAnswer> {
  return eventually(
    async () => {
      const job = await getJob(client, jobId);
      return ENDED.includes(job.status) && job;
    },
    `job ${jobId} ends`,
    deadlineMs,
  );
}

export function reachesEpoch(client: Client, jobId: string, epoch: number): Promise<ProgressAnswer> {
  return eventually(async () => {
    const progress = await getProgress(client, jobId);
    return progress.currentEpoch >= epoch && progress;
  }, `job ${jobId} reaches epoch ${epoch}`);
}

export function datasetSettled(client: Client, datasetId: string): Promise<{ status: string; error?: string }> {
  return eventually(async () => {
    const { body } = await client.get<{ status: string; error?: string }>(`/datasets/${datasetId}`);
    return ['ready', 'error'].includes(body.status) && body;
  }, `dataset ${datasetId} settles`);
}
