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

/** What stopped the attempt may have passed by the next one: a full disk, a service that did not answer, a hang. */
export class PassingFailureError extends TrainingFailedError {
  constructor(code: string, message: string) {
    super(code, message);
    this.name = 'PassingFailureError';
  }
}
