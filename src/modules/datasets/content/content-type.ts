import { safeFileName } from '../../../http/upload/file-name.js';
import { DatasetFormat } from '../dataset-type.js';
import type { DatasetWithContent } from './content.service.js';

/** What a download is called and declared as where the sender did not say. */
const AS: Readonly<Record<DatasetFormat, { mediaType: string; extension: string }>> = {
  [DatasetFormat.Csv]: { mediaType: 'text/csv', extension: 'csv' },
  [DatasetFormat.Json]: { mediaType: 'application/json', extension: 'json' },
  [DatasetFormat.Parquet]: { mediaType: 'application/vnd.apache.parquet', extension: 'parquet' },
  [DatasetFormat.Images]: { mediaType: 'application/octet-stream', extension: 'images' },
};

export function mediaTypeOf({ metadata }: DatasetWithContent): string {
  return AS[metadata.format].mediaType;
}

/** Safe on every system, whatever somebody called it. */
export function fileNameOf({ contentName, name, id, metadata }: DatasetWithContent): string {
  return contentName ?? `${safeFileName(name) ?? id}.${AS[metadata.format].extension}`;
}
