import path from 'node:path';
import { artefactsFolder, datasetsFolder, InvalidEnvironmentError, readEnvironment } from './environment.js';

const problemsOf = (variables: NodeJS.ProcessEnv): readonly string[] => {
  try {
    readEnvironment(variables);
  } catch (error) {
    if (error instanceof InvalidEnvironmentError) return error.problems;
    throw error;
  }
  return [];
};

describe('readEnvironment', () => {
  it('needs no variable at all', () => {
    expect(readEnvironment({})).toMatchObject({
      NODE_ENV: 'development',
      PORT: 3001,
      WORKERS: 1,
      SWAGGER_ENABLED: true,
    });
  });

  it('switches development conveniences off in production', () => {
    expect(readEnvironment({ NODE_ENV: 'production' })).toMatchObject({
      SWAGGER_ENABLED: false,
      SIMULATOR_PROCESS_FAULTS: false,
      ALLOW_TOKEN_CLI: false,
    });
  });

  it('takes an empty value for one that is not set', () => {
    expect(readEnvironment({ PORT: '', DATABASE_URL: '  ' })).toMatchObject({ PORT: 3001, DATABASE_URL: undefined });
  });

  it('names every wrong variable at once', () => {
    const problems = problemsOf({
      PORT: '70000',
      WORKERS: '0',
      NODE_ENV: 'staging',
      SWAGGER_ENABLED: 'maybe',
      LEASE_MS: '1e4',
    });
    expect(problems.map((problem) => problem.split(':')[0]).sort()).toEqual([
      'LEASE_MS',
      'NODE_ENV',
      'PORT',
      'SWAGGER_ENABLED',
      'WORKERS',
    ]);
  });

  it.each(['0x10', '1e3', '-1', '1.5', 'abc', '65536'])('refuses the port %s', (PORT) => {
    expect(problemsOf({ PORT })).toEqual([`PORT: expected a whole number from 0 to 65535, got "${PORT}"`]);
  });

  it('accepts both spellings of a PostgreSQL URL, and TLS for Redis', () => {
    const variables = { DATABASE_URL: 'postgresql://u@h/d', REDIS_URL: 'rediss://h:6380' };
    expect(readEnvironment(variables)).toMatchObject(variables);
    expect(problemsOf({ DATABASE_URL: 'postgres://u@h/d' })).toEqual([]);
  });

  it.each(['a', 'a/b-1/c_2.d'])('takes %s for a prefix of keys', (S3_PREFIX) => {
    expect(readEnvironment({ S3_PREFIX })).toMatchObject({ S3_PREFIX });
  });

  it.each(['/a', 'a/', 'a//b', '../a', 'a/.b', 'a b', 'a'.repeat(201)])(
    'refuses the prefix of keys %s',
    (S3_PREFIX) => {
      expect(problemsOf({ S3_PREFIX })).toHaveLength(1);
    },
  );

  it.each(['https://issuer.example/keys', 'http://127.0.0.1/keys', '/etc/keys.json', 'keys.json'])(
    'takes %s for the place of a key set',
    (JWT_JWKS) => expect(problemsOf({ JWT_JWKS })).toEqual([]),
  );

  it.each([
    'file:///etc/keys.json',
    'ftp://h/keys',
    'https://:hunter2',
    'https://u:hunter2@h/keys',
    'https://u@h/keys',
  ])('refuses the place of a key set %s without a word of it', (JWT_JWKS) => {
    const [problem, ...others] = problemsOf({ JWT_JWKS });
    expect([problem, others]).toEqual([expect.stringMatching(/^JWT_JWKS: expected a URL/), []]);
    expect(problem).not.toContain(JWT_JWKS);
  });

  it('leaves the registered claims to their meaning', () => {
    for (const JWT_TENANT_CLAIM of ['sub', 'exp', '__proto__'])
      expect(problemsOf({ JWT_TENANT_CLAIM })).toHaveLength(1);
    expect(problemsOf({ JWT_TENANT_CLAIM: 'org', JWT_ROLES_CLAIM: 'https://example.com/roles' })).toEqual([]);
  });

  it('never repeats the value of a secret', () => {
    const message = new InvalidEnvironmentError(
      problemsOf({ DATABASE_URL: 'mysql://u:hunter2@h/d', REDIS_URL: 'http://:hunter2@h', JWT_SECRET: 'hunter2' }),
    ).message;
    expect(message).toMatch(/DATABASE_URL[\s\S]*REDIS_URL[\s\S]*JWT_SECRET/);
    expect(message).not.toContain('hunter2');
  });

  it('measures the secret in bytes', () => {
    expect(problemsOf({ JWT_SECRET: 'é'.repeat(16) })).toEqual([]);
    expect(problemsOf({ JWT_SECRET: 'e'.repeat(31) })).toHaveLength(1);
  });
});

describe('the folders of model files and datasets', () => {
  it('lie under DATA_DIR unless they are set', () => {
    expect(datasetsFolder(readEnvironment({ DATA_DIR: 'somewhere' }))).toBe(path.resolve('somewhere/datasets'));
    expect(datasetsFolder(readEnvironment({ DATASETS_DIR: '/datasets' }))).toBe('/datasets');
    expect(artefactsFolder(readEnvironment({ DATA_DIR: 'somewhere' }))).toBe(path.resolve('somewhere/artifacts'));
    expect(artefactsFolder(readEnvironment({ ARTIFACTS_DIR: '/models' }))).toBe('/models');
  });
});
