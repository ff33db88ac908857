import type { Client } from './client.js';
import { eventually } from './eventually.js';
import type { Page } from './training.js';

export interface AlertAnswer {
  id: string;
  jobId: string;
  rule: string;
  kind: string;
  state: string;
  action: string;
  attempt: number;
  epoch: number;
  detail: string;
  observed?: number;
  bound?: number;
  acknowledgedBy?: string;
  note?: string;
  resolvedEpoch?: number;
  resolution?: string;
}

/** Oldest first. */
export async function alertsOf(client: Client, jobId: string): Promise<AlertAnswer[]> {
  return (await client.get<Page<AlertAnswer>>(`/jobs/${jobId}/alerts?limit=200`)).body.data.toReversed();
}

/** `epoch`: the one after which it is to fire; any, unless told. */
export function raises(client: Client, jobId: string, rule: string, epoch?: number): Promise<AlertAnswer> {
  const isIt = (alert: AlertAnswer) => alert.rule === rule && (epoch === undefined || alert.epoch === epoch);
  return eventually(async () => (await alertsOf(client, jobId)).find(isIt), `job ${jobId} raises ${rule}`);
}
