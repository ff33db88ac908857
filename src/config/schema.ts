import { bool, str } from 'envalid';
import {
  claimName,
  connectionUrl,
  integer,
  keyPrefix,
  keySetLocation,
  secret,
  quotasInJson,
  spanExporters,
  spelledTrue,
  trustedProxies,
} from './validators.js';

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
  HOST: str({
    default: '127.0.0.1',
    desc: 'address the API listens on, and the port of the metrics; 0.0.0.0 for every interface',
  }),
  PORT: integer(0, 65_535)({ default: 3001, desc: 'port of the API; 0 takes any free one' }),
  METRICS_PORT: integer(
    0,
    65_535,
  )({
    default: undefined,
    desc: 'port on which this process tells its metrics and whether it is alive and ready, without a token; 0: any free one; not set: none. npm start gives its workers the ports after it',
  }),
  LOG_LEVEL: str({
    choices: ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
    default: 'info',
    desc: 'least level that is logged',
  }),
  SWAGGER_ENABLED: bool({
    default: false,
    devDefault: true,
    desc: 'serves Swagger UI at /docs; off in production unless set, and asks for a token there',
  }),
  OPERATOR_TENANT: str({
    default: undefined,
    devDefault: 'default',
    desc: 'tenant of those who run the platform: its admins may open the queue board at /admin/queues, which shows what is of all tenants; not set: no board. "default" outside production',
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
  DATABASE_APP_URL: connectionUrl(
    'postgres:',
    'postgresql:',
  )({
    default: undefined,
    desc: 'for npm run migrate alone: what API and workers will have as DATABASE_URL; makes its user, who may change rows but no schema',
  }),
  DATABASE_DIRECT_URL: connectionUrl(
    'postgres:',
    'postgresql:',
  )({
    default: undefined,
    desc: 'the same database past a pooler of transactions (PgBouncer) that DATABASE_URL names: for what needs a connection of its own; default DATABASE_URL',
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

  ALLOW_PLAIN_CONNECTIONS: bool({
    default: false,
    desc: 'lets production speak to database, Redis and S3 on other machines without TLS: where nobody else is on the network',
  }),

  HISTORY_RETENTION_DAYS: integer(
    0,
    36_500,
  )({
    default: 0,
    desc: 'days from its end after which npm run retention removes the epochs of a run, unless its version is deployed; 0: never',
  }),

  DATA_DIR: str({ default: '.data', desc: 'folder of the embedded database, its secrets, models and datasets' }),
  ARTIFACTS_DIR: str({
    default: undefined,
    desc: 'folder of the model files; default DATA_DIR/artifacts; not used with S3_BUCKET',
  }),
  DATASETS_DIR: str({
    default: undefined,
    desc: "folder of the datasets' contents; default DATA_DIR/datasets; not used with S3_BUCKET",
  }),
  S3_BUCKET: str({
    default: undefined,
    desc: 'bucket of the model files and the contents of datasets; not set: they live in folders',
  }),
  S3_ENDPOINT: connectionUrl(
    'http:',
    'https:',
  )({
    default: undefined,
    desc: "URL of an S3-compatible server; not set: Amazon's of the region",
  }),
  S3_REGION: str({ default: 'us-east-1', desc: 'region of the bucket' }),
  S3_PREFIX: keyPrefix({
    default: '',
    desc: 'what all keys begin with, like team/platform, so that platforms can share a bucket',
  }),
  S3_FORCE_PATH_STYLE: bool({
    default: false,
    desc: 'names the bucket in the path instead of the host name; most servers but Amazon need it',
  }),
  S3_ACCESS_KEY_ID: str({
    default: undefined,
    desc: 'set with S3_SECRET_ACCESS_KEY; neither set: what the AWS SDK finds (AWS_ variables, profile, role)',
  }),
  S3_SECRET_ACCESS_KEY: str({ default: undefined, desc: 'set with S3_ACCESS_KEY_ID' }),

  JWT_SECRET: secret({
    default: undefined,
    desc: 'secret of stream tickets, and without JWT_JWKS of tokens (HS256), at least 32 bytes; not set: generated and kept in DATA_DIR (refused in production)',
  }),
  JWT_SECRET_PREVIOUS: secret({
    default: undefined,
    desc: 'secret whose tokens, tickets and cursors are still accepted, while JWT_SECRET is being changed',
  }),
  JWT_JWKS: keySetLocation({
    default: undefined,
    desc: 'URL or file of the JSON Web Key Set that tokens are verified with (RS256, ES256, EdDSA), and with nothing else; not set: HS256 with JWT_SECRET',
  }),
  JWT_ISSUER: str({ default: undefined, desc: 'what the iss of tokens has to be; not set: anything' }),
  JWT_AUDIENCE: str({ default: undefined, desc: 'what the aud of tokens has to be or hold; not set: anything' }),
  JWT_TYPE: str({
    default: undefined,
    desc: "what the typ of tokens' headers has to be, such as at+jwt; not set: JWT, at+jwt or none",
  }),
  JWT_RSA_BITS: integer(2_048, 16_384)({ default: 2_048, desc: 'shortest RSA key of JWT_JWKS that is used, bits' }),
  JWT_MAX_AGE_SECONDS: integer(
    0,
    31_536_000,
  )({ default: 0, desc: 'seconds after its iat from which a token is refused, whatever its exp says; 0: never' }),
  JWT_CLOCK_TOLERANCE_SECONDS: integer(
    0,
    60,
  )({ default: 5, desc: "seconds that the issuer's clock may be off, for exp, nbf and iat" }),
  JWT_TENANT_CLAIM: claimName({ default: 'tenant', desc: 'claim that names the tenant' }),
  JWT_ROLES_CLAIM: claimName({ default: 'roles', desc: 'claim that lists the roles' }),
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
  ARTIFACT_CHECK_INTERVAL_MS: integer(
    0,
    2_592_000_000,
  )({
    default: 21_600_000,
    desc: 'milliseconds after which a worker reads a stored model file again, to see that it is undamaged; 0: never',
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
  SHUTDOWN_DRAIN_MS: integer(
    0,
    60_000,
  )({
    default: 0,
    desc: 'milliseconds for which an API goes on serving after SIGTERM while it says that it is not ready; longer than its proxy takes to notice',
  }),

  UPLOAD_LIMIT_BYTES: integer(
    1,
    1_099_511_627_776,
  )({ default: 10_737_418_240, desc: 'largest upload, bytes; beyond it: 413' }),
  SCRATCH_DIR: str({
    default: undefined,
    desc: 'folder in which workers look at uploads, three times as large as those looked at at once; default DATA_DIR/scratch',
  }),
  INSPECTIONS: integer(1, 64)({ default: 2, desc: 'datasets that one worker process looks at at once' }),
  INSPECTION_MEMORY_MB: integer(
    64,
    1_048_576,
  )({ default: 512, desc: 'mebibytes that reading one table may take; what needs more goes to SCRATCH_DIR' }),
  INSPECTION_THREADS: integer(1, 256)({ default: 2, desc: 'threads that read one table' }),
  INSPECTION_EXPANDED_MB: integer(
    1,
    16_777_216,
  )({ default: 65_536, desc: 'mebibytes that packed content may come to; beyond it: refused as a bomb' }),
  INSPECTION_TIMEOUT_MS: integer(
    1_000,
    86_400_000,
  )({ default: 1_800_000, desc: 'milliseconds in which one dataset has to be looked at' }),

  RATE_LIMIT_PER_ADDRESS: integer(
    0,
    10_000_000,
  )({
    default: 6_000,
    devDefault: 0,
    desc: 'requests a minute from one address (IPv6: one /64), shared by all APIs with Redis; 0: any number',
  }),
  RATE_LIMIT_PER_USER: integer(
    0,
    10_000_000,
  )({
    default: 1_200,
    devDefault: 0,
    desc: 'requests a minute from one user; 0: any number, the default outside production',
  }),
  RATE_LIMIT_EXPENSIVE: integer(
    0,
    10_000_000,
  )({ default: 120, devDefault: 0, desc: 'of those, requests a minute that read or write much; 0: any number' }),
  TRUST_PROXY: trustedProxies({
    default: '0',
    desc: 'proxies whose X-Forwarded-For is believed: how many stand before the API, or their addresses and networks; 0: none',
  }),
  MAX_CONNECTIONS: integer(
    0,
    1_000_000,
  )({
    default: 10_000,
    desc: 'connections that one API process has open; beyond it new ones are closed; 0: any number',
  }),

  QUOTA_RUNNING_JOBS: integer(
    0,
    1_000_000,
  )({ default: 0, desc: 'runs of one tenant that train at once, others wait; 0: any number' }),
  QUOTA_QUEUED_JOBS: integer(
    0,
    1_000_000,
  )({ default: 0, desc: 'started jobs of one tenant that have not begun to train; 0: any number' }),
  QUOTA_EPOCHS_PER_JOB: integer(0, 1_000_000)({ default: 0, desc: 'epochs of one job; 0: any number' }),
  QUOTA_STORAGE_BYTES: integer(
    0,
    Number.MAX_SAFE_INTEGER,
  )({ default: 0, desc: 'bytes of one tenant in datasets and model files; 0: any number' }),
  TENANT_QUOTAS: quotasInJson({
    default: undefined,
    desc: 'quotas of single tenants in JSON, like {"acme":{"runningJobs":5,"queuedJobs":100,"epochsPerJob":500,"storageBytes":1000000000}}',
  }),

  STREAMS_PER_USER: integer(
    1,
    100_000,
  )({ default: 50, desc: 'live streams that one user may have open in one API process' }),
  STREAMS_PER_PROCESS: integer(1, 1_000_000)({ default: 2_000, desc: 'live streams that one API process serves' }),

  OTEL_SDK_DISABLED: spelledTrue({ default: false, desc: 'true: no traces, whatever else is set' }),
  OTEL_TRACES_EXPORTER: spanExporters({
    default: undefined,
    desc: 'where traces go: otlp or console, or both by a comma; none: nowhere; not set: otlp where an endpoint is set, or else nowhere',
  }),
  OTEL_EXPORTER_OTLP_ENDPOINT: connectionUrl(
    'http:',
    'https:',
  )({
    default: undefined,
    desc: 'URL of the collector that traces are sent to, /v1/traces is added; docs/traces.md names the other OTEL_ variables that count',
  }),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: connectionUrl(
    'http:',
    'https:',
  )({ default: undefined, desc: 'the same, nothing is added; goes before it' }),
  OTEL_EXPORTER_OTLP_HEADERS: str({
    default: undefined,
    desc: 'headers for the collector, such as a token, like name=value,name=value',
  }),
  OTEL_EXPORTER_OTLP_TRACES_HEADERS: str({ default: undefined, desc: 'the same; goes before it' }),

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
