/** What an alert is about. */
export enum AlertKind {
  Divergence = 'divergence',
  Overfitting = 'overfitting',
  Plateau = 'plateau',
  AccuracyDrop = 'accuracy_drop',
  SlowEpochs = 'slow_epochs',
  StalledWorker = 'stalled_worker',
  AttemptFailed = 'attempt_failed',
  /** A rule of the job's own. */
  Custom = 'custom',
}
