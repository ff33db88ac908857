import type { FieldError } from '../../errors/domain.error.js';
import { type DatasetMetadata, type DatasetType, UPLOAD_SOURCE } from './dataset-type.js';

/** What a dataset says about its data; fixed once it is ready. */
export interface Declaration {
  type: DatasetType;
  size: number | null;
  features: string[] | null;
  targetColumn: string | null;
  metadata: DatasetMetadata;
}

export function isUpload(metadata: Pick<DatasetMetadata, 'source'>): boolean {
  return metadata.source === UPLOAD_SOURCE;
}

/** What only the whole of a declaration can show. */
export function checkDeclaration({ size, features, targetColumn, metadata }: Declaration): FieldError[] {
  const errors: FieldError[] = [];
  if (!isUpload(metadata) && metadata.source.toLowerCase() === UPLOAD_SOURCE) {
    const detail = `An upload has the source "${UPLOAD_SOURCE}", in small letters; call data held elsewhere something else.`;
    errors.push({ pointer: '/metadata/source', code: 'not_quite_upload', detail });
  }
  if (!isUpload(metadata)) {
    const detail = 'may be left out only when metadata.source is upload.';
    if (size === null) errors.push({ pointer: '/size', code: 'required', detail: `size ${detail}` });
    if (features === null) errors.push({ pointer: '/features', code: 'required', detail: `features ${detail}` });
  }
  if (targetColumn !== null && features?.includes(targetColumn)) {
    const detail = 'targetColumn must not be one of the features: a model would learn to copy it.';
    errors.push({ pointer: '/targetColumn', code: 'target_in_features', detail });
  }
  return errors;
}
