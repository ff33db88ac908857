import { childEnvironment } from './child-environment.js';
import { readEnvironment } from './environment.js';

describe('childEnvironment', () => {
  it('hands on every variable of the platform so that the child reads the same environment', () => {
    const environment = readEnvironment({
      PORT: '0',
      WORKERS: '3',
      SWAGGER_ENABLED: 'false',
      REDIS_URL: 'redis://r:1',
    });
    expect({ ...readEnvironment(childEnvironment(environment)) }).toEqual({ ...environment });
  });

  it('keeps what belongs to the system', () => {
    expect(childEnvironment(readEnvironment({})).PATH).toBe(process.env.PATH);
  });

  it('hands on what OpenTelemetry reads beside the variables of the platform', () => {
    process.env.OTEL_TRACES_SAMPLER = 'parentbased_always_off';
    try {
      const variables = childEnvironment(readEnvironment({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4318' }));
      expect([variables.OTEL_TRACES_SAMPLER, variables.OTEL_EXPORTER_OTLP_ENDPOINT]).toEqual([
        'parentbased_always_off',
        'http://localhost:4318',
      ]);
    } finally {
      delete process.env.OTEL_TRACES_SAMPLER;
    }
  });

  it('does not let a variable through that the environment leaves out', () => {
    process.env.ARTIFACTS_DIR = '/somewhere/else';
    try {
      expect(childEnvironment(readEnvironment({}))).not.toHaveProperty('ARTIFACTS_DIR');
    } finally {
      delete process.env.ARTIFACTS_DIR;
    }
  });

  it('hands on a secret, and not the file that it stood in as well', () => {
    process.env.JWT_SECRET_FILE = '/run/secrets/jwt';
    try {
      const variables = childEnvironment(readEnvironment({ JWT_SECRET: 's'.repeat(32) }));
      expect([variables.JWT_SECRET, variables.JWT_SECRET_FILE]).toEqual(['s'.repeat(32), undefined]);
      expect(readEnvironment(variables).JWT_SECRET).toBe('s'.repeat(32));
    } finally {
      delete process.env.JWT_SECRET_FILE;
    }
  });
});
