/** Rows as PostgreSQL's to_jsonb gives them. Times are ISO 8601 with microseconds, all in one time zone. */

export interface JobRow {
  id: string;
  dataset_id: string;
  status: string;
  phase: string;
  attempt: number;
  generation: number;
  dispatch_at: string | null;
  worker_id: string | null;
  lease_expires_at: string | null;
  cancel_requested_at: string | null;
  pause_requested_at: string | null;
  next_attempt_at: string | null;
  failures: number;
  max_attempts: number;
  last_error_code: string | null;
  current_epoch: number;
  total_epochs: number;
  metrics: { epochs: number } | null;
  events: number;
  trace_parent: string | null;
}

export interface DatasetRow {
  id: string;
  status: string;
  generation: number;
  attempt: number;
  dispatch_at: string | null;
}

export interface VersionRow {
  id: string;
  status: string;
  version: string | null;
}

export interface EventRow {
  job_id: string;
  number: number;
  status: string;
  phase: string;
  attempt: number;
}

export interface ProgressRow {
  job_id: string;
  current_epoch: number;
  attempt: number;
}

/** Whether the first moment is later than the second, to the microsecond, which a Date does not keep. */
export function isLater(moment: string, than: string): boolean {
  return moment > than;
}
