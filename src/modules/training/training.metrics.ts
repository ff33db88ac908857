import { counter, gauge, histogram, LONG_SECONDS, SHORT_SECONDS } from '../../metrics/registry.js';

export const runsActive = gauge({ name: 'runs_active', help: 'Runs that this worker trains.' });

/** `completed`, `failed`, `cancelled`; `retried`: tried again later; `handed_back`: for another worker, or paused. */
export type RunEnd = 'completed' | 'failed' | 'cancelled' | 'retried' | 'handed_back' | 'given_up';

export const runsEnded = counter({
  name: 'runs_ended_total',
  help: 'Attempts that have ended, by how; given_up: another attempt has the run, or it has ended.',
  labels: ['outcome', 'model_type'],
});

export const runDuration = histogram({
  name: 'run_duration_seconds',
  help: 'Training time of an attempt: from its claim to its end, whichever end that is.',
  labels: ['model_type'],
  buckets: LONG_SECONDS,
});

export const finalAccuracy = histogram({
  name: 'model_accuracy',
  help: 'Accuracy of the versions that were made, where they have one.',
  labels: ['model_type'],
  buckets: [0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.925, 0.95, 0.975, 0.99, 1],
});

export const finalLoss = histogram({
  name: 'model_loss',
  help: 'Loss in validation of the versions that were made.',
  labels: ['model_type'],
  buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
});

export const epochsPersisted = counter({
  name: 'epochs_persisted_total',
  help: 'Epochs that this worker has committed.',
});

export const commitRows = histogram({
  name: 'recorder_commit_rows',
  help: 'Reports in one commit of the recorder.',
  buckets: [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000],
});

export const commitDuration = histogram({
  name: 'recorder_commit_duration_seconds',
  help: 'From the sending of a commit of the recorder to its answer.',
  buckets: SHORT_SECONDS,
});

export const leaseRenewals = counter({
  name: 'lease_renewals_total',
  help: 'Renewals of the leases of runs; refused: another attempt has the run, or the database failed.',
  labels: ['outcome'],
});
