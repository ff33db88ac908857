import { isDeepStrictEqual } from 'node:util';
import type { Change, Changes } from './observer.js';
import { isLater, type JobRow, type ProgressRow } from './rows.js';
import { FAILURE } from './worker-actions.js';

interface JobUpdate {
  at: string;
  before: JobRow;
  after: JobRow;
  /** Epochs written in the same while. */
  epochs: readonly ProgressRow[];
}

const ended = ({ status }: JobRow) => ['completed', 'failed', 'cancelled'].includes(status);
const undisturbed = (row: JobRow) => row.cancel_requested_at === null && row.pause_requested_at === null;
const notAfter = (moment: string | null, at: string) => moment === null || !isLater(moment, at);

/** Its alerts may still resolve and be acknowledged, which are counted on the row. */
const withoutAlerts = (row: JobRow) => ({ ...row, alert_changes: 0 });

/** What has to hold of every single update of a job, whoever made it and whatever went on beside it. */
const RULES: Record<string, (update: JobUpdate) => boolean> = {
  'an ended job never changes again': ({ before, after }) =>
    !ended(before) || isDeepStrictEqual(withoutAlerts(before), withoutAlerts(after)),

  'a claim takes a job that is free, and nobody’s': ({ at, before, after }) =>
    after.attempt === before.attempt ||
    (after.attempt === before.attempt + 1 &&
      after.worker_id !== null &&
      ['queued', 'recovering', 'retry_wait'].includes(before.phase) &&
      notAfter(before.lease_expires_at, at) &&
      notAfter(before.next_attempt_at, at)),

  'a job that is paused or to be cancelled is never claimed': ({ before, after }) =>
    after.attempt === before.attempt || undisturbed(before),

  'a live lease is somebody’s': ({ at, after }) => notAfter(after.lease_expires_at, at) || after.worker_id !== null,

  'a job is in one trace, from its start on': ({ before, after }) =>
    before.trace_parent === after.trace_parent || (before.phase === 'created' && before.trace_parent === null),

  'the generation rises by one, and whenever the job becomes due': ({ before, after }) => {
    const rise = after.generation - before.generation;
    return rise === 1 || (rise === 0 && (before.dispatch_at !== null || after.dispatch_at === null));
  },

  'epochs come one by one, from the newest attempt, and only while it may go on': ({ before, after, epochs }) => {
    if (after.current_epoch === before.current_epoch) return true;
    const row = epochs.find((epoch) => epoch.job_id === after.id && epoch.current_epoch === after.current_epoch);
    return (
      after.current_epoch === before.current_epoch + 1 &&
      row?.attempt === before.attempt &&
      after.attempt === before.attempt &&
      before.status === 'running' &&
      before.worker_id !== null &&
      undisturbed(before)
    );
  },

  'failures count lost workers and errors, not hand-backs, and a new epoch forgets them': ({ at, before, after }) => {
    if (after.failures === before.failures) return true;
    if (after.failures === 0) return after.current_epoch > before.current_epoch;
    const lost = after.last_error_code === 'worker_lost' && notAfter(before.lease_expires_at, at);
    const failed = after.last_error_code === FAILURE.code && after.next_attempt_at !== null;
    return after.failures === before.failures + 1 && (lost || failed);
  },

  'an attempt is left while a job runs': ({ after }) =>
    after.status !== 'running' || after.failures < after.max_attempts,

  'the first cancel is kept': ({ before, after }) =>
    before.cancel_requested_at === null || after.cancel_requested_at === before.cancel_requested_at,

  'a job completes by the worker that has it, with every epoch, and never once its cancel was asked for': ({
    before,
    after,
  }) =>
    after.status !== 'completed' ||
    before.status === 'completed' ||
    (before.cancel_requested_at === null &&
      before.worker_id !== null &&
      after.worker_id === before.worker_id &&
      after.metrics?.epochs === after.current_epoch),
};

/** Only the columns that differ: a row is long. */
function difference(before: JobRow, after: JobRow): string {
  const keys = (Object.keys(after) as (keyof JobRow)[]).filter((key) => !isDeepStrictEqual(before[key], after[key]));
  return keys.map((key) => `  ${key}: ${JSON.stringify(before[key])} → ${JSON.stringify(after[key])}`).join('\n');
}

/** What was done that the protocol forbids. */
export function brokenChanges({ training_jobs: jobs, training_progress }: Changes): string[] {
  const epochs = training_progress.map(({ after }) => after);
  const updates = jobs.filter((change): change is Change<JobRow> & { before: JobRow } => change.before !== null);
  return updates.flatMap(({ at, before, after }) =>
    Object.entries(RULES)
      .filter(([, holds]) => !holds({ at, before, after, epochs }))
      .map(([rule]) => `Not so: ${rule}. At ${at}, ${after.status} ${after.id}:\n${difference(before, after)}`),
  );
}
