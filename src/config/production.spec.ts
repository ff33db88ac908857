import { InvalidEnvironmentError, readEnvironment } from './environment.js';

const SAFE = { JWT_SECRET: '0123456789abcdef0123456789abcdef' };
const ISSUED = { ...SAFE, JWT_JWKS: 'https://issuer.example/keys' };

const problemsOf = (variables: NodeJS.ProcessEnv, NODE_ENV = 'production'): readonly string[] => {
  try {
    readEnvironment({ NODE_ENV, ...variables });
    return [];
  } catch (error) {
    if (error instanceof InvalidEnvironmentError) return error.problems;
    throw error;
  }
};

describe('unsafeInProduction', () => {
  it.each([
    [{}],
    [SAFE],
    [{ ...SAFE, DATABASE_URL: 'postgresql://db/platform?sslmode=verify-full', REDIS_URL: 'rediss://cache' }],
    [{ ...SAFE, DATABASE_URL: 'postgresql:///platform?host=/var/run', S3_ENDPOINT: 'https://store' }],
    [{ ...SAFE, DATABASE_URL: 'postgresql://%2Fvar%2Frun/platform' }],
    [{ ...SAFE, DATABASE_URL: 'postgresql://db/platform?ssl=true' }],
    [{ ...SAFE, DATABASE_URL: 'postgresql://ignored/platform?host=localhost' }],
    [
      {
        ...SAFE,
        DATABASE_URL: 'postgresql://127.0.0.1/p',
        REDIS_URL: 'redis://localhost',
        S3_ENDPOINT: 'http://[::1]',
      },
    ],
    [{ ...SAFE, DATABASE_URL: 'postgresql://db/p', REDIS_URL: 'redis://cache', ALLOW_PLAIN_CONNECTIONS: 'true' }],
    [{ ...SAFE, OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4318' }],
    [{ ...SAFE, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://collector/v1/traces' }],
    [{ ...ISSUED, JWT_ISSUER: 'https://issuer.example', JWT_AUDIENCE: 'training' }],
    [{ ...SAFE, NODE_TLS_REJECT_UNAUTHORIZED: '1', NODE_OPTIONS: '--max-old-space-size=512' }],
  ])('finds nothing in %j', (variables) => {
    expect(problemsOf(variables)).toEqual([]);
  });

  it.each([
    ['JWT_SECRET', { JWT_SECRET: 'x'.repeat(64) }],
    ['JWT_SECRET', { JWT_SECRET: 'changeme'.repeat(8) }],
    ['DATABASE_URL', { ...SAFE, DATABASE_URL: 'postgresql://localhost/platform?sslmode=no-verify' }],
    ['JWT_SECRET_PREVIOUS', { ...SAFE, JWT_SECRET_PREVIOUS: 'x'.repeat(64) }],
    ['DATABASE_URL', { ...SAFE, DATABASE_URL: 'postgresql://db/platform' }],
    ['DATABASE_URL', { ...SAFE, DATABASE_URL: 'postgresql://db/platform?sslmode=require&sslmode=disable' }],
    ['DATABASE_URL', { ...SAFE, DATABASE_URL: 'postgresql://db/platform?sslmode=require&uselibpqcompat=true' }],
    ['DATABASE_URL', { ...SAFE, DATABASE_URL: 'postgresql://db/platform?sslmode=verify-full&sslmode=no%2Dverify' }],
    ['DATABASE_DIRECT_URL', { ...SAFE, DATABASE_DIRECT_URL: 'postgresql://db/platform' }],
    ['DATABASE_DIRECT_URL', { ...SAFE, DATABASE_DIRECT_URL: 'postgresql://localhost/p?sslmode=no-verify' }],
    ['REDIS_URL', { ...SAFE, REDIS_URL: 'redis://cache:6379' }],
    ['S3_ENDPOINT', { ...SAFE, S3_ENDPOINT: 'http://store:9000' }],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', { ...SAFE, OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' }],
    [
      'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
      { ...SAFE, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://collector/v1/traces' },
    ],
    ['JWT_ISSUER', { ...ISSUED, JWT_AUDIENCE: 'training' }],
    ['JWT_AUDIENCE', { ...ISSUED, JWT_ISSUER: 'https://issuer.example' }],
    ['NODE_TLS_REJECT_UNAUTHORIZED', { ...SAFE, NODE_TLS_REJECT_UNAUTHORIZED: '0' }],
    ['NODE_OPTIONS', { ...SAFE, NODE_OPTIONS: '--enable-source-maps --inspect=0.0.0.0:9229' }],
  ])('refuses %s in %j, in production alone', (name, variables) => {
    expect(problemsOf(variables)).toEqual([expect.stringContaining(`${name}: `)]);
    expect(problemsOf(variables, 'development')).toEqual([]);
  });

  it('names all of them at once', () => {
    expect(problemsOf({ ...ISSUED, NODE_TLS_REJECT_UNAUTHORIZED: '0' })).toHaveLength(3);
  });
});
