/** The engine gave up: wrong data, a fault that was asked for, divergence it cannot recover from. Not worth a retry. */
export class TrainingFailedError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'TrainingFailedError';
  }
}
