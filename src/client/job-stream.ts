import { follow, type FollowOptions } from './follow.js';
import type { Progress } from './resources.js';
import type { RestClient } from './rest-client.js';

/** A change of the job. */
export interface Phase {
  /** ISO 8601, UTC. */
  at: string;
  status: string;
  phase: string;
  attempt: number;
  epoch: number;
  workerId?: string;
  reason?: string;
  detail?: string;
}

/** Something that a detector noticed about the run. */
export interface Alert {
  /** ISO 8601, UTC. */
  at: string;
  rule: string;
  kind: string;
  state: string;
  action?: string;
  epoch: number;
  detail?: string;
}

export interface Done {
  status: string;
  version?: string;
  error?: string;
  errorCode?: string;
}

export type JobStreamEvent =
  | { name: 'snapshot'; data: Progress }
  | { name: 'progress'; data: Progress }
  | { name: 'batch'; data: Progress }
  | { name: 'phase'; data: Phase }
  | { name: 'alert'; data: Alert }
  | { name: 'done'; data: Done };

const NAMES = new Set(['snapshot', 'progress', 'batch', 'phase', 'alert', 'done']);

/** All that happened and happens to a job from its beginning to its end: `done` comes last. */
export async function* followJob(
  client: RestClient,
  jobId: string,
  options: Omit<FollowOptions, 'after'> = {},
): AsyncGenerator<JobStreamEvent> {
  const path = `/jobs/${encodeURIComponent(jobId)}/progress/stream`;
  for await (const { name, data } of follow(client, path, { ...options, after: '0' })) {
    // Newer servers may know more kinds of events.
    if (!NAMES.has(name)) continue;
    const event = { name, data: JSON.parse(data) as unknown } as JobStreamEvent;
    yield event;
    if (event.name === 'done') return;
  }
  throw new Error(`The stream of ${jobId} ended, and the job did not`);
}
