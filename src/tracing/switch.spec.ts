import { readEnvironment } from '../config/environment.js';
import { wantsTraces } from './switch.js';

const OTLP = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4318' };

describe('wantsTraces', () => {
  it.each<[NodeJS.ProcessEnv, boolean]>([
    [{}, false],
    [{ OTEL_SERVICE_NAME: 'trainer', OTEL_TRACES_SAMPLER: 'always_on' }, false],
    [{ OTEL_TRACES_EXPORTER: 'none' }, false],
    [{ OTEL_TRACES_EXPORTER: '' }, false],
    [{ OTEL_TRACES_EXPORTER: 'console' }, true],
    [{ OTEL_TRACES_EXPORTER: 'otlp, console' }, true],
    [OTLP, true],
    [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://collector/v1/traces' }, true],
    [{ ...OTLP, OTEL_TRACES_EXPORTER: ' none' }, false],
    [{ ...OTLP, OTEL_TRACES_EXPORTER: 'otlp,none' }, false],
    [{ ...OTLP, OTEL_SDK_DISABLED: 'True' }, false],
    [{ ...OTLP, OTEL_SDK_DISABLED: 'false' }, true],
    [{ ...OTLP, OTEL_SDK_DISABLED: '1' }, true],
  ])('of %j: %s', (variables, wanted) => {
    expect(wantsTraces(readEnvironment(variables))).toBe(wanted);
  });
});
