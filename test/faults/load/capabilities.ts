import type { Client } from '../../support/client.js';
import { OpenApi } from '../../support/openapi.js';
import { BASE_PATH } from '../../support/client.js';

/** What the platform under test offers, by its own document; the load asks for no more. */
export interface Capabilities {
  pause: boolean;
  retry: boolean;
  priority: boolean;
  maxAttempts: boolean;
  maxDuration: boolean;
  transientFailure: boolean;
  idempotencyKey: boolean;
  /** Deploying, rolling back and verifying. */
  registry: boolean;
}

export async function capabilitiesOf(client: Client): Promise<Capabilities> {
  const { document, operations } = await OpenApi.of(client);
  const { schemas } = document.components;
  const has = (path: string) => `${BASE_PATH}${path}` in document.paths;
  const property = (schema: string, name: string) => schemas[schema]?.properties?.[name] !== undefined;
  const create = operations.find(({ method, path }) => method === 'POST' && path === `${BASE_PATH}/jobs`);
  return {
    pause: has('/jobs/{id}/pause'),
    retry: has('/jobs/{id}/retry'),
    priority: property('CreateJobRequest', 'priority'),
    registry: has('/models/{modelId}/versions/{version}/verify'),
    maxAttempts: property('TrainingConfigurationRequest', 'maxAttempts'),
    maxDuration: property('TrainingConfigurationRequest', 'maxDurationMs'),
    transientFailure: schemas.FaultKind?.enum?.includes('transient_failure') ?? false,
    idempotencyKey: create?.parameters.some(({ name }) => name.toLowerCase() === 'idempotency-key') ?? false,
  };
}
