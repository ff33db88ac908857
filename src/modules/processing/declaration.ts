import { DatasetFormat, DatasetType } from '../datasets/dataset-type.js';

export interface Declaration {
  type: DatasetType;
  targetColumn: string | null;
  format: DatasetFormat;
}

export interface Problem {
  code: string;
  detail: string;
}

const SUPERVISED: readonly DatasetType[] = [DatasetType.Classification, DatasetType.Regression];

/** What keeps a declared dataset from being trained on, or null. Its data lie elsewhere and are not looked at. */
export function problemOf({ type, targetColumn, format }: Declaration): Problem | null {
  if (SUPERVISED.includes(type) && !targetColumn) {
    return { code: 'target_column_missing', detail: `A ${type} dataset needs a targetColumn to learn from.` };
  }
  if (format === DatasetFormat.Images && type !== DatasetType.ComputerVision) {
    return { code: 'format_does_not_fit', detail: `Images are for computer_vision, not for ${type}.` };
  }
  return null;
}
