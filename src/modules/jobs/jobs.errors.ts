import { DomainError } from '../../errors/domain.error.js';
import { JOB_TRANSITIONS, JobPhase, type JobStatus } from './job-state.js';

export class JobNotFoundError extends DomainError {
  constructor(id: string) {
    super('not_found', 'job_not_found', `There is no job ${id}.`);
  }
}

export class JobAlreadyStartedError extends DomainError {
  constructor(id: string, status: JobStatus) {
    super('conflict', 'job_already_started', `Job ${id} was started before; it is ${status}.`, {
      currentStatus: status,
      allowed: JOB_TRANSITIONS[status],
    });
  }
}

/** Completed and failed jobs cannot be cancelled; a cancelled one can, to no effect. */
export class JobNotCancellableError extends DomainError {
  constructor(id: string, status: JobStatus) {
    super('conflict', 'job_not_cancellable', `Job ${id} is ${status} and cannot be cancelled.`, {
      currentStatus: status,
      allowed: JOB_TRANSITIONS[status],
    });
  }
}

export class JobNotPausableError extends DomainError {
  constructor(id: string, status: JobStatus, phase: JobPhase) {
    const where = phase === JobPhase.Created ? 'was not started yet' : `is ${status} (${phase})`;
    super('conflict', 'job_not_pausable', `Job ${id} ${where} and cannot be paused.`, {
      currentStatus: status,
      allowed: JOB_TRANSITIONS[status],
    });
  }
}

export class JobNotPausedError extends DomainError {
  constructor(id: string, status: JobStatus) {
    super('conflict', 'job_not_paused', `Job ${id} is not paused; it is ${status}.`, {
      currentStatus: status,
      allowed: JOB_TRANSITIONS[status],
    });
  }
}

/** Only what failed or was cancelled is tried again. */
export class JobNotRetryableError extends DomainError {
  constructor(id: string, status: JobStatus) {
    super('conflict', 'job_not_retryable', `Job ${id} is ${status}: only a failed or cancelled job is tried again.`, {
      currentStatus: status,
      allowed: JOB_TRANSITIONS[status],
    });
  }
}

export class JobNotEndedError extends DomainError {
  constructor(id: string, status: JobStatus) {
    super('conflict', 'job_not_ended', `Job ${id} is ${status}: cancel it before it is deleted.`, {
      currentStatus: status,
      allowed: JOB_TRANSITIONS[status],
    });
  }
}

/** A numbered version names the job it came from, for as long as there is one. */
export class JobInUseError extends DomainError {
  constructor(id: string, status: JobStatus, version: string) {
    super('conflict', 'job_in_use', `Job ${id} trained version ${version}, which rests on it.`, {
      currentStatus: status,
      allowed: JOB_TRANSITIONS[status],
    });
  }
}

/** Only a job that was not started yet can be changed. */
export class JobNotEditableError extends DomainError {
  constructor(id: string, status: JobStatus) {
    super('conflict', 'job_not_editable', `Job ${id} was started and can no longer be changed; it is ${status}.`, {
      currentStatus: status,
      allowed: JOB_TRANSITIONS[status],
    });
  }
}

export class DatasetInErrorError extends DomainError {
  constructor(datasetId: string, reason: string | null) {
    super('conflict', 'dataset_in_error', `Dataset ${datasetId} cannot be trained on: ${reason ?? 'it is in error'}.`, {
      currentStatus: 'error',
      allowed: ['processing'],
    });
  }
}

/** A name like `模型` leaves nothing to make a model's id of. */
export class ModelIdRequiredError extends DomainError {
  constructor() {
    const detail = 'The name has no letters or digits to derive a modelId from: give one.';
    super('invalid', 'model_id_required', detail, {
      errors: [{ pointer: '/modelId', code: 'required', detail }],
    });
  }
}

export class ModelTypeNotFoundError extends DomainError {
  constructor(name: string) {
    super('not_found', 'model_type_not_found', `There is no model type ${name.slice(0, 128)}.`);
  }
}
