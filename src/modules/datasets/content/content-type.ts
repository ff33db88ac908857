import { safeFileName } from '../../../http/upload/file-name.js';
import { DatasetFormat } from '../dataset-type.js';
import type { DatasetWithContent } from './dataset-with-content.js';

/** What a download is called and declared as where the sender did not say. */
const AS: Readonly<Record<DatasetFormat, { mediaType: string; extension: string }>> = {
  [DatasetFormat.Csv]: { mediaType: 'text/csv', extension: 'csv' },
  [DatasetFormat.Json]: { mediaType: 'application/json', extension: 'json' },
  [DatasetFormat.Parquet]: { mediaType: 'application/vnd.apache.parquet', extension: 'parquet' },
  [DatasetFormat.Images]: { mediaType: 'application/octet-stream', extension: 'tar' },
};

export function mediaTypeOf({ metadata }: DatasetWithContent): string {
  return AS[metadata.format].mediaType;
}

/** Safe on every system, whatever somebody called it. */
export function fileNameOf(
  { contentName, name, id, metadata }: DatasetWithContent,
  extension = AS[metadata.format].extension,
): string {
  return contentName ?? `${safeFileName(name) ?? id}.${extension}`;
}

/** By its first two bytes. */
export function archiveExtension(start: Buffer): string {
  if (start.toString('latin1') === 'PK') return 'zip';
  return start.toString('hex') === '1f8b' ? 'tar.gz' : 'tar';
}
