import { bool, str } from 'envalid';
import { connectionUrl, integer, secret } from './validators.js';

/**
 * Every environment variable of the platform: type, range, default, and one line that gives its unit. `.env.example`
 * lists the same ones, held by a test. An empty value counts as not set.
 */
export const schema = {
  NODE_ENV: str({
    choices: ['development', 'test', 'production'],
    default: 'development',
    desc: 'production refuses development conveniences: generated secrets, embedded database, the token command',
  }),
  HOST: str({ default: '127.0.0.1', desc: 'address the API listens on; 0.0.0.0 for every interface' }),
  PORT: integer(0, 65_535)({ default: 3001, desc: 'port of the API; 0 takes any free one' }),
  LOG_LEVEL: str({
    choices: ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
    default: 'info',
    desc: 'least level that is logged',
  }),
  SWAGGER_ENABLED: bool({
    default: false,
    devDefault: true,
    desc: 'serves Swagger UI at /docs; off in production unless set',
  }),
  BODY_LIMIT_BYTES: integer(
    1_024,
    104_857_600,
  )({ default: 1_048_576, desc: 'largest JSON body, bytes; beyond it: 413' }),

  DATABASE_URL: connectionUrl(
    'postgres:',
    'postgresql:',
  )({
    default: undefined,
    desc: 'PostgreSQL 13 or newer; not set: npm start runs its own server under DATA_DIR',
  }),
  DATABASE_POOL_SIZE: integer(2, 200)({ default: 10, desc: 'most connections of one process, the queue not counted' }),
  QUEUE_POOL_SIZE: integer(
    1,
    50,
  )({ default: 3, desc: 'most connections of one queue client in the PostgreSQL backend' }),
  REDIS_URL: connectionUrl(
    'redis:',
    'rediss:',
  )({
    default: undefined,
    desc: 'Redis 6.2 or newer for the queue; not set: the queue lives in the database',
  }),
  REDIS_PREFIX: str({ default: 'ai-training', desc: 'prefix of every Redis key, so that platforms can share a Redis' }),

  DATA_DIR: str({ default: '.data', desc: 'folder of the embedded database, its secrets and the artefacts' }),
  ARTIFACTS_DIR: str({ default: undefined, desc: 'folder of the model files; default DATA_DIR/artifacts' }),

  JWT_SECRET: secret({
    default: undefined,
    desc: 'HS256 secret, at least 32 bytes; not set: generated and kept in DATA_DIR (refused in production)',
  }),
  ALLOW_TOKEN_CLI: bool({ default: false, desc: 'lets npm run token work in production, with an explicit JWT_SECRET' }),

  WORKERS: integer(1, 64)({ default: 1, desc: 'worker processes that npm start runs' }),
  WORKER_CONCURRENCY: integer(1, 10_000)({ default: 10, desc: 'runs that one worker process trains at once' }),
  LEASE_MS: integer(
    1_000,
    3_600_000,
  )({
    default: 30_000,
    desc: 'milliseconds after which a silent worker loses its run; renewed every third of it',
  }),
  RECONCILE_INTERVAL_MS: integer(
    100,
    600_000,
  )({
    default: 3_000,
    desc: 'milliseconds between the sweeps in which a worker repairs what others left behind',
  }),
  PROGRESS_TIMEOUT_MS: integer(
    1_000,
    86_400_000,
  )({
    default: 60_000,
    desc: 'milliseconds without a report after which a run is taken for hung; at least ten expected epochs',
  }),
  RETRY_BACKOFF_MS: integer(
    1,
    300_000,
  )({
    default: 5_000,
    desc: 'milliseconds before a failed attempt is tried again; doubles with each failure in a row, up to five minutes',
  }),
  RECORDER_WINDOW_MS: integer(
    0,
    1_000,
  )({
    default: 5,
    desc: 'milliseconds in which the reports of several runs gather into one statement',
  }),
  RECORDER_MAX_ROWS: integer(1, 10_000)({ default: 1_000, desc: 'most reports in one statement' }),
  SHUTDOWN_TIMEOUT_MS: integer(
    100,
    600_000,
  )({
    default: 10_000,
    desc: 'milliseconds a process may take to hand back its work after SIGTERM',
  }),

  ENGINE: str({ choices: ['simulator'], default: 'simulator', desc: 'the engine that trains' }),
  SIMULATOR_EPOCH_MS: integer(
    0,
    3_600_000,
  )({ default: 100, desc: 'milliseconds a simulated epoch takes unless the job says' }),
  SIMULATOR_PROCESS_FAULTS: bool({
    default: false,
    devDefault: true,
    desc: 'lets jobs ask for faults that harm a whole worker process; off in production unless set',
  }),
};
