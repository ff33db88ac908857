import { EXAMPLE_DATASET } from '../factories/dataset.factory.js';
import { EXAMPLE_JOB } from '../factories/job.factory.js';
import { alertRow, datasetRow, jobRow, versionRow } from '../factories/row.factory.js';
import { BASE_PATH, type Client } from './client.js';
import { OpenApi, type Operation } from './openapi.js';
import { TestPlatform } from './platform.js';

/** Operations with a body, and a body of which any one part is then spoilt. */
export const WRITES: [method: string, path: string, valid: Record<string, unknown>][] = [
  ['POST', '/datasets', EXAMPLE_DATASET],
  ['PATCH', '/datasets/{id}', EXAMPLE_DATASET],
  ['POST', '/jobs', EXAMPLE_JOB],
  ['PATCH', '/jobs/{id}', EXAMPLE_JOB],
  ['POST', '/jobs/{id}/retry', { from: 'start' }],
  ['POST', '/stream-tickets', { jobId: 'job_123' }],
  ['POST', '/alerts/{id}/acknowledge', { note: 'Seen.' }],
  ['POST', '/models/{modelId}/versions/{version}/deploy', { reason: 'Better.', override: true }],
  ['POST', '/models/{modelId}/versions/{version}/archive', { reason: 'Worse.' }],
  ['POST', '/models/{modelId}/versions/{version}/restore', { reason: 'Not so bad.' }],
  ['PATCH', '/models/{modelId}/versions/{version}', { status: 'archived', reason: 'Worse.' }],
  ['POST', '/models/{modelId}/rollback', { to: '1.0.0', reason: 'It broke.' }],
  ['PUT', '/models/{modelId}/policy', { metrics: [{ metric: 'accuracy', min: 0.9 }], datasetReady: true }],
  ['PUT', '/models/{modelId}/labels', { labels: { team: 'risk' } }],
  ['PUT', '/models/{modelId}/versions/{version}/labels', { labels: { team: 'risk' } }],
  ['POST', '/revocations', { subject: 'nobody', reason: 'Left.' }],
  ['POST', '/revocations/everyone', { reason: 'A leak.' }],
  ['POST', '/progress/query', { jobIds: ['job_none'], series: ['loss'], fromEpoch: 1, maxPoints: 2, method: 'lttb' }],
];

/** A platform with one of everything, whose tables nothing but a request changes: it has no worker. */
export class Target {
  private constructor(
    readonly platform: TestPlatform,
    readonly api: OpenApi,
    /** By what they are: `ready`, `inError`, `upload` (datasets); `created`, `queued`, `completed` (jobs); and more. */
    readonly ids: Readonly<Record<string, string>>,
  ) {}

  static async start(): Promise<Target> {
    const platform = await TestPlatform.start({ workers: 0 });
    const { database } = platform;
    const ready = await datasetRow(database);
    const ids: Record<string, string> = { ready };
    for (const name of ['mendable', 'inError']) ids[name] = await datasetRow(database, { status: 'error' });
    ids.upload = await datasetRow(database, { status: 'uploading', source: 'upload' });
    ids.foreign = await datasetRow(database, { tenant_id: 'other' });
    for (const name of ['created', 'spare']) ids[name] = await jobRow(database, ready, { phase: 'created' });
    ids.ofError = await jobRow(database, ids.inError!, { phase: 'created' });
    ids.queued = await jobRow(database, ready);
    for (const status of ['completed', 'failed', 'cancelled']) {
      ids[status] = await jobRow(database, ready, { status, phase: 'done' });
    }
    ids.foreignJob = await jobRow(database, ids.foreign, { tenant_id: 'other', model_id: 'theirs', phase: 'created' });
    await versionRow(database, ids.completed!);
    ids.alert = await alertRow(database, ids.created!);
    return new Target(platform, await OpenApi.of(platform.client), ids);
  }

  get client(): Client {
    return this.platform.client;
  }

  operation(method: string, path: string): Operation {
    return this.api.operations.find((entry) => entry.method === method && entry.path === `${BASE_PATH}${path}`)!;
  }

  get lists(): Operation[] {
    return this.api.operations.filter(({ parameters }) => parameters.some(({ name }) => name === 'cursor'));
  }

  /** The path with ids that exist, for its parameters. */
  filled(path: string): string {
    return path
      .replace('/datasets/{id}', `/datasets/${this.ids.mendable}`)
      .replace('/alerts/{id}', `/alerts/${this.ids.alert}`)
      .replace('/jobs/{id}/retry', `/jobs/${this.ids.failed}/retry`)
      .replace('/jobs/{id}', `/jobs/${this.ids.created}`)
      .replace('{modelId}', 'm')
      .replace('{version}', '1.0.0')
      .replace('{modelType}', 'cnn');
  }

  /** The body with the dataset it needs. */
  valid(body: Record<string, unknown>): Record<string, unknown> {
    return 'modelType' in body ? { ...body, datasetId: this.ids.ready } : body;
  }
}
