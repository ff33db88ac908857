import { AsyncLocalStorage } from 'node:async_hooks';

/** What every log line of one request, or of one run in a worker, carries. */
export interface LogContext {
  requestId?: string;
  jobId?: string;
  datasetId?: string;
  attempt?: number;
  /** W3C trace context of what is under way, where it is traced. Lines tell its trace's id alone. */
  traceParent?: string;
}

const storage = new AsyncLocalStorage<LogContext>();

export function withLogContext<T>(context: LogContext, work: () => T): T {
  return storage.run(context, work);
}

export function logContext(): LogContext {
  return storage.getStore() ?? {};
}
