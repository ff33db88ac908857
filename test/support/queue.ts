import type { Client } from './client.js';
import type { JobAnswer } from './training.js';

export interface PlaceAnswer {
  position: number;
  ahead: number;
  estimatedStartAt?: string;
}

export interface QueueAnswer {
  counts: Record<string, number>;
  platform: { queued: number; running: number; capacity: number };
  running: { id: string; estimatedTimeRemaining?: number }[];
  workers: { id: string; host: string; since: string; running: number; capacity: number }[];
  expectedDrainMs?: number;
  expectedDrainAt?: string;
}

export async function placeOf(client: Client, jobId: string): Promise<PlaceAnswer | undefined> {
  const { status, body, text } = await client.get<JobAnswer & { queue?: PlaceAnswer }>(`/jobs/${jobId}`);
  if (status !== 200) throw new Error(`Job ${jobId} answered ${status}: ${text}`);
  return body.queue;
}

export async function getQueue(client: Client): Promise<QueueAnswer> {
  const { status, body, text } = await client.get<QueueAnswer>('/queue');
  if (status !== 200) throw new Error(`The queue answered ${status}: ${text}`);
  return body;
}
