/** Where the queue lives. */
export type Backend = 'postgres' | 'redis';

export const BACKENDS: readonly Backend[] = ['postgres', 'redis'];

export interface Settings {
  seed: number;
  backend: Backend;
  jobs: number;
  faults: number;
  /** Whatever happens, the run is over after so many minutes. */
  minutes: number;
}

/** Milliseconds: a short lease, so that a seed takes minutes. */
export const LEASE_MS = 2_000;
export const SHUTDOWN_TIMEOUT_MS = 6_000;

/** What every process of the platform under test is started with. */
export const PLATFORM_SETTINGS = {
  NODE_ENV: 'test',
  PORT: '0',
  LOG_LEVEL: 'info',
  SWAGGER_ENABLED: 'true',
  LEASE_MS: String(LEASE_MS),
  RECONCILE_INTERVAL_MS: '300',
  PROGRESS_TIMEOUT_MS: '3000',
  ARTIFACT_CHECK_INTERVAL_MS: '5000',
  RETRY_BACKOFF_MS: '200',
  SHUTDOWN_TIMEOUT_MS: String(SHUTDOWN_TIMEOUT_MS),
  WORKER_CONCURRENCY: '8',
  DATABASE_POOL_SIZE: '6',
  SIMULATOR_EPOCH_MS: '20',
} as const;

export const APIS = 2;
export const WORKERS = 3;
