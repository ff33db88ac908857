import { DomainError } from '../../errors/domain.error.js';
import { DATASET_TRANSITIONS, type DatasetStatus } from './dataset-state.js';

export class DatasetNotFoundError extends DomainError {
  constructor(id: string) {
    super('not_found', 'dataset_not_found', `There is no dataset ${id}.`);
  }
}

/** What a dataset declares can change only before it is processed, or to mend an error. */
export class DatasetImmutableError extends DomainError {
  constructor(id: string, status: DatasetStatus) {
    super('conflict', 'dataset_immutable', `Dataset ${id} is ${status}: only its name and description can change.`, {
      currentStatus: status,
      allowed: DATASET_TRANSITIONS[status],
    });
  }
}

/** Whether the bytes live in the platform or elsewhere is decided when the dataset is created. */
export class DatasetSourceFixedError extends DomainError {
  constructor(status: DatasetStatus) {
    super('conflict', 'dataset_source_fixed', 'metadata.source cannot change from upload to another source, or back.', {
      currentStatus: status,
      allowed: DATASET_TRANSITIONS[status],
    });
  }
}

export class DatasetTypeInUseError extends DomainError {
  constructor(id: string, status: DatasetStatus) {
    super('conflict', 'dataset_type_in_use', `Jobs refer to dataset ${id}: its type cannot change any more.`, {
      currentStatus: status,
      allowed: DATASET_TRANSITIONS[status],
    });
  }
}
