import type { Environment } from './environment.js';

/** Variables that OpenTelemetry reads in the environment of the process, where they may stand in files here. */
const READ_BY_SDK = ['OTEL_EXPORTER_OTLP_HEADERS', 'OTEL_EXPORTER_OTLP_TRACES_HEADERS'] as const;

/** Puts into the environment what OpenTelemetry would look for in vain. */
export function handToSdk(environment: Pick<Environment, (typeof READ_BY_SDK)[number]>): void {
  for (const name of READ_BY_SDK) {
    const value = environment[name];
    if (value !== undefined) process.env[name] = value;
  }
}
