import { DomainError } from '../../errors/domain.error.js';
import { JOB_TRANSITIONS, JobPhase, type JobStatus } from './job-state.js';

export class JobNotFoundError extends DomainError {
  constructor(id: string) {
    super('not_found', 'job_not_found', `There is no job ${id}.`);
  }
}

/** Not in the status the job is in; says which one that is, and what may follow it. */
abstract class JobConflictError extends DomainError {
  constructor(code: string, status: JobStatus, detail: string) {
    super('conflict', code, detail, { currentStatus: status, allowed: JOB_TRANSITIONS[status] });
  }
}

export class JobAlreadyStartedError extends JobConflictError {
  constructor(id: string, status: JobStatus) {
    super('job_already_started', status, `Job ${id} was started before; it is ${status}.`);
  }
}

/** Completed and failed jobs cannot be cancelled; a cancelled one can, to no effect. */
export class JobNotCancellableError extends JobConflictError {
  constructor(id: string, status: JobStatus) {
    super('job_not_cancellable', status, `Job ${id} is ${status} and cannot be cancelled.`);
  }
}

export class JobNotPausableError extends JobConflictError {
  constructor(id: string, status: JobStatus, phase: JobPhase) {
    const where = phase === JobPhase.Created ? 'was not started yet' : `is ${status} (${phase})`;
    super('job_not_pausable', status, `Job ${id} ${where} and cannot be paused.`);
  }
}

export class JobNotPausedError extends JobConflictError {
  constructor(id: string, status: JobStatus) {
    super('job_not_paused', status, `Job ${id} is not paused; it is ${status}.`);
  }
}

/** Only what failed or was cancelled is tried again. */
export class JobNotRetryableError extends JobConflictError {
  constructor(id: string, status: JobStatus) {
    super('job_not_retryable', status, `Job ${id} is ${status}: only a failed or cancelled job is tried again.`);
  }
}

export class JobNotEndedError extends JobConflictError {
  constructor(id: string, status: JobStatus) {
    super('job_not_ended', status, `Job ${id} is ${status}: cancel it before it is deleted.`);
  }
}

/** A numbered version names the job it came from, for as long as there is one. */
export class JobInUseError extends JobConflictError {
  constructor(id: string, status: JobStatus, version: string) {
    super('job_in_use', status, `Job ${id} trained version ${version}, which rests on it.`);
  }
}

/** Only a job that was not started yet can be changed. */
export class JobNotEditableError extends JobConflictError {
  constructor(id: string, status: JobStatus) {
    super('job_not_editable', status, `Job ${id} was started and can no longer be changed; it is ${status}.`);
  }
}

export class DatasetInErrorError extends DomainError {
  constructor(datasetId: string, reason: string | null) {
    const detail = `Dataset ${datasetId} cannot be trained on until it is mended or uploaded again. ${reason ?? ''}`;
    super('conflict', 'dataset_in_error', detail.trim(), {
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

/** An explicit version has to be higher than all that the model has. */
export class VersionNotHighestError extends DomainError {
  constructor(modelId: string, wanted: string, highest: string) {
    super('conflict', 'version_not_highest', `Model ${modelId} has version ${highest}; ${wanted} is not higher.`);
  }
}
