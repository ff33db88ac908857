import { DomainError } from '../../../errors/domain.error.js';
import { DATASET_TRANSITIONS, DatasetStatus } from '../dataset-state.js';

/** What a 409 says of the status it met. */
const conflict = (status: DatasetStatus) => ({ currentStatus: status, allowed: DATASET_TRANSITIONS[status] });

export class DatasetNotAnUploadError extends DomainError {
  constructor(id: string, status: DatasetStatus) {
    const detail = `Dataset ${id} refers to data held elsewhere; only those with metadata.source upload take content.`;
    super('conflict', 'dataset_not_an_upload', detail, conflict(status));
  }
}

/** What was trained on must stay what it was. */
export class DatasetContentFixedError extends DomainError {
  constructor(id: string, status: DatasetStatus) {
    const reason =
      status === DatasetStatus.Ready
        ? `create a new dataset with derivedFrom ${id} and upload to that`
        : 'wait until it is ready or in error';
    super('conflict', 'dataset_content_fixed', `Dataset ${id} is ${status}: ${reason}.`, conflict(status));
  }
}

export class DatasetContentMissingError extends DomainError {
  constructor(id: string) {
    super('not_found', 'dataset_content_missing', `Dataset ${id} has no content in the platform.`);
  }
}

export class DatasetProfileMissingError extends DomainError {
  constructor(id: string, status: DatasetStatus) {
    const reason = status === DatasetStatus.Ready ? 'its data are held elsewhere' : `it is ${status}`;
    const detail = `Nothing was measured of dataset ${id}: ${reason}.`;
    super('not_found', 'dataset_profile_missing', detail);
  }
}

export class DatasetNotProcessableError extends DomainError {
  constructor(id: string, status: DatasetStatus) {
    const detail = `Dataset ${id} is ${status}: only one in error, with content where it is an upload, is processed again.`;
    super('conflict', 'dataset_not_processable', detail, conflict(status));
  }
}

export class DatasetInUseError extends DomainError {
  constructor(id: string, status: DatasetStatus) {
    super('conflict', 'dataset_in_use', `Jobs refer to dataset ${id}; delete them first.`, conflict(status));
  }
}
