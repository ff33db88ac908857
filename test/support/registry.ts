import path from 'node:path';
import type { Client } from './client.js';
import type { TestPlatform } from './platform.js';
import { createDataset, createJob, ended, type Page, type VersionAnswer, versionsOf } from './training.js';

export interface DeploymentAnswer {
  number: number;
  kind: 'deploy' | 'rollback';
  version: string;
  fromVersion?: string;
  actor: string;
  reason?: string;
  at: string;
}

export function versionPath(modelId: string, version: string): string {
  return `/models/${modelId}/versions/${version}`;
}

/** Where the model file of a version lies. */
export function fileOf(platform: TestPlatform, { filePath }: VersionAnswer): string {
  return path.join(platform.artefacts, filePath!);
}

/** Trains `count` versions of a model at once; gives them by number, the first one first. */
export async function trained(client: Client, modelId: string, count: number): Promise<VersionAnswer[]> {
  const datasetId = await createDataset(client);
  const run = { modelId, hyperparameters: { epochs: 1 } };
  const jobs = await Promise.all(Array.from({ length: count }, () => createJob(client, datasetId, run)));
  await Promise.all(jobs.map((id) => client.post(`/jobs/${id}/start`)));
  for (const id of jobs) await ended(client, id);
  return (await versionsOf(client, modelId)).toSorted((a, b) => minorOf(a) - minorOf(b));
}

function minorOf({ version }: VersionAnswer): number {
  return Number(version?.split('.')[1]);
}

/** Oldest first. */
export async function historyOf(client: Client, modelId: string): Promise<DeploymentAnswer[]> {
  const found: DeploymentAnswer[] = [];
  let cursor = '';
  do {
    const { body } = await client.get<Page<DeploymentAnswer>>(`/models/${modelId}/deployments?limit=200${cursor}`);
    found.push(...body.data);
    cursor = body.nextCursor === undefined ? '' : `&cursor=${body.nextCursor}`;
  } while (cursor !== '');
  return found.toReversed();
}

/** What lies deployed after these changes, the current version last: a rollback takes away all above what it goes to. */
export function replayed(history: readonly DeploymentAnswer[]): string[] {
  const stack: string[] = [];
  for (const { kind, version } of history) {
    if (kind === 'rollback') stack.splice(stack.lastIndexOf(version, -2) + 1);
    else stack.push(version);
  }
  return stack;
}
