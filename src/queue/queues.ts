/** The queue of training runs; delivers `{ jobId, generation }` and nothing else. */
export const TRAINING_QUEUE = 'training';

/** The queue of datasets to process; delivers `{ datasetId, generation }`. */
export const DATASET_QUEUE = 'datasets';

export interface RunDelivery {
  jobId: string;
  generation: number;
}

export interface DatasetDelivery {
  datasetId: string;
  generation: number;
}

/**
 * The queue's id of one dispatch. A row that is dispatched again has a new generation and so a new id: adding an id
 * twice is a no-op for the queue. Must not contain `:` nor be an integer.
 */
export function deliveryId(rowId: string, generation: number): string {
  return `${rowId}-g${generation}`;
}

/** PostgreSQL NOTIFY channels; payloads are row ids joined by commas, or `*` for "look again". */
export const PROGRESS_CHANNEL = 'training_progress';
/** Jobs that were asked to stop, for good or for a while. */
export const CONTROL_CHANNEL = 'training_control';
/** Jobs whose status, phase or attempt has changed; payloads are tenants. */
export const EVENTS_CHANNEL = 'job_events';
