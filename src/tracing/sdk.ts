import { hostname } from 'node:os';
import { type ContextManager, diag, DiagLogLevel, ROOT_CONTEXT } from '@opentelemetry/api';
import { NodeSDK, resources } from '@opentelemetry/sdk-node';
import { ATTR_SERVICE_INSTANCE_ID, ATTR_SERVICE_NAME, ATTR_SERVICE_VERSION } from '@opentelemetry/semantic-conventions';
import { v4 as uuidv4 } from 'uuid';
import { RELEASE } from '../metrics/release.js';
import { Trouble } from './trouble.js';

/** The SDK would follow asynchronous work, at a cost to all of it. */
const NOTHING_FOLLOWED: ContextManager = {
  active: () => ROOT_CONTEXT,
  with: (_context, work, self, ...values) => work.call(self, ...values),
  bind: (_context, target) => target,
  enable: () => NOTHING_FOLLOWED,
  disable: () => NOTHING_FOLLOWED,
};

/** Which process spans are from; what OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES say goes before it. */
const described = (service: string) =>
  resources.defaultResource().merge(
    resources.resourceFromAttributes({
      [ATTR_SERVICE_NAME]: service,
      [ATTR_SERVICE_VERSION]: RELEASE,
      [ATTR_SERVICE_INSTANCE_ID]: uuidv4(),
      'host.name': hostname(),
      'process.pid': process.pid,
    }),
  );

/**
 * OpenTelemetry for traces alone; exporter, sampler and limits are read from the standard OTEL_ variables. Gives what
 * sends the spans that wait, and ends it.
 */
export function startSdk(service: string): () => Promise<void> {
  const trouble = new Trouble();
  const listen = () => diag.setLogger(trouble, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
  listen();
  const sdk = new NodeSDK({
    resource: described(service),
    // Not the process and its command line.
    resourceDetectors: [resources.envDetector],
    // The platform has metrics and logs of its own; unless told so, these would be sent as well.
    metricReaders: [],
    logRecordProcessors: [],
    instrumentations: [],
    // Spans name their parents (spans.ts).
    contextManager: NOTHING_FOLLOWED,
    textMapPropagator: null,
  });
  // With OTEL_LOG_LEVEL it has just begun to write to the console.
  listen();
  sdk.start();
  return () => sdk.shutdown();
}
