import { handToSdk } from './sdk-variables.js';

describe('handToSdk', () => {
  const name = 'OTEL_EXPORTER_OTLP_HEADERS';
  afterEach(() => {
    delete process.env[name];
  });

  it('puts what stood in a file where the SDK looks for it, and leaves alone what is not set', () => {
    handToSdk({ OTEL_EXPORTER_OTLP_HEADERS: undefined, OTEL_EXPORTER_OTLP_TRACES_HEADERS: undefined });
    expect(process.env).not.toHaveProperty(name);
    handToSdk({ OTEL_EXPORTER_OTLP_HEADERS: 'authorization=x', OTEL_EXPORTER_OTLP_TRACES_HEADERS: undefined });
    expect(process.env[name]).toBe('authorization=x');
  });
});
