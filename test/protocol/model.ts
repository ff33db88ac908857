import type { Name, Step } from './step.js';
import type { Held, Standing } from './world.js';

type JobRule = (job: Standing, step: Step) => boolean;
type AttemptRule = (job: Standing, held: Held, step: Step) => boolean;

/** What a step says that a model was trained for: what its worker knows, or what the row tells by now. */
export function epochsTrained({ run }: Held, job: Standing, { odd }: Step): number {
  return odd ? job.current_epoch : run.currentEpoch;
}

/** What a step reports: the epoch after the last that its worker knows of, or the one that the row would take. */
export function epochReported({ run }: Held, job: Standing, { odd }: Step): number {
  return Math.min(odd ? job.current_epoch + 1 : run.currentEpoch + 1, job.total_epochs);
}

const unfinished = ({ status }: Standing) => status === 'pending' || status === 'running';
const undisturbed = (job: Standing) => job.cancel_requested_at === null && job.pause_requested_at === null;
/** The attempt has the run: it is the newest, and nobody has handed the run back. */
const mine: AttemptRule = (job, { run }) =>
  job.status === 'running' && job.attempt === run.attempt && job.worker_id !== null;
const mayWrite: AttemptRule = (job, held, step) => mine(job, held, step) && undisturbed(job);
const free = (job: Standing) =>
  (job.status === 'pending' && job.phase === 'queued') ||
  (job.status === 'running' && ['recovering', 'retry_wait'].includes(job.phase) && !job.leased);

/** What the protocol lets a job go through, told without its SQL. */
export const JOB_RULES: Partial<Record<Name, JobRule>> = {
  start: (job) => job.status === 'pending' && job.phase === 'created' && job.dataset_status !== 'error',
  cancel: unfinished,
  pause: (job) => unfinished(job) && job.phase !== 'created' && undisturbed(job),
  resume: (job) =>
    unfinished(job) &&
    job.pause_requested_at !== null &&
    job.cancel_requested_at === null &&
    job.dataset_status !== 'error',
  'retry-of': (job) => ['failed', 'cancelled'].includes(job.status) && job.dataset_status !== 'error',
  claim: (job, { odd }) => !odd && free(job) && undisturbed(job) && job.rested && job.offered,
  // Time asks nobody: these say where it makes a difference.
  'lease-expires': (job) => job.leased,
  'backoff-passes': (job) => job.status === 'running' && !job.rested,
};

/** The same for what an attempt may do. */
export const ATTEMPT_RULES: Partial<Record<Name, AttemptRule>> = {
  epoch: (job, held, step) => mayWrite(job, held, step) && epochReported(held, job, step) === job.current_epoch + 1,
  heartbeat: mayWrite,
  saving: mayWrite,
  complete: (job, held, step) =>
    mine(job, held, step) && job.cancel_requested_at === null && epochsTrained(held, job, step) === job.current_epoch,
  release: (job, held, step) => mine(job, held, step) && job.cancel_requested_at === null,
  retry: (job, held, step) =>
    mine(job, held, step) && job.cancel_requested_at === null && job.failures + 1 < job.max_attempts,
  fail: mine,
  'end-cancelled': (job, held, step) => mine(job, held, step) && job.cancel_requested_at !== null,
};
