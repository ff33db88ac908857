import { ValidationFailedError } from '../../http/validation/validation.errors.js';
import { DatasetStatus } from './dataset-state.js';
import type { Dataset } from './dataset.entity.js';
import { DatasetImmutableError, DatasetSourceFixedError } from './datasets.errors.js';
import { checkDeclaration, type Declaration, isUpload } from './declaration.js';

/** What a caller wants changed; a field that is not there stays as it is. */
export interface DatasetChanges {
  name?: string;
  description?: string;
  type?: Declaration['type'];
  size?: number;
  features?: string[];
  targetColumn?: string;
  metadata?: Declaration['metadata'];
}

const DECLARABLE: readonly DatasetStatus[] = [DatasetStatus.Uploading, DatasetStatus.Error];

/** The dataset with its changes. Throws DatasetImmutableError, DatasetSourceFixedError or ValidationFailedError. */
export function revisionOf(dataset: Dataset, changes: DatasetChanges) {
  const { name = dataset.name, description = dataset.description, ...rest } = changes;
  const declares = Object.values(rest).some((value) => value !== undefined);
  const declaration: Declaration = {
    type: rest.type ?? dataset.type,
    size: rest.size ?? dataset.size,
    features: rest.features ?? dataset.features,
    targetColumn: rest.targetColumn ?? dataset.targetColumn,
    metadata: rest.metadata ?? dataset.metadata,
  };
  if (declares) assertDeclarable(dataset, declaration);
  const isThere = dataset.contentKey !== null || !isUpload(declaration.metadata);
  const process = declares && dataset.status === DatasetStatus.Error && isThere;
  return { name, description, ...declaration, declares, process };
}

function assertDeclarable(dataset: Dataset, declaration: Declaration): void {
  if (!DECLARABLE.includes(dataset.status)) throw new DatasetImmutableError(dataset.id, dataset.status);
  if (isUpload(declaration.metadata) !== isUpload(dataset.metadata)) throw new DatasetSourceFixedError(dataset.status);
  const errors = checkDeclaration(declaration);
  if (errors.length > 0) throw new ValidationFailedError(errors);
}
