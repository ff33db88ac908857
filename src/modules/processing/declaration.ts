import type { ContentProblem } from '../datasets/content/content-problem-type.js';
import { DatasetFormat, type DatasetMetadata, DatasetType } from '../datasets/dataset-type.js';

export interface Declaration {
  type: DatasetType;
  targetColumn: string | null;
  metadata: Pick<DatasetMetadata, 'format'>;
}

const SUPERVISED: readonly DatasetType[] = [DatasetType.Classification, DatasetType.Regression];

/** What keeps a dataset from being trained on, whatever its data hold; or null. */
export function problemOf({ type, targetColumn, metadata: { format } }: Declaration): ContentProblem | null {
  if (SUPERVISED.includes(type) && !targetColumn) {
    return { code: 'target_column_missing', detail: `A ${type} dataset needs a targetColumn to learn from.` };
  }
  if (format === DatasetFormat.Images && type !== DatasetType.ComputerVision) {
    return { code: 'format_does_not_fit', detail: `Images are for computer_vision, not for ${type}.` };
  }
  return null;
}
