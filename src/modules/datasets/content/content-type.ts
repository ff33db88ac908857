import { fittingName } from '../../../http/download/fitting-name.js';
import { safeFileName } from '../../../http/upload/file-name.js';
import { DatasetFormat } from '../dataset-type.js';
import type { ReadAs } from '../profile/profile-type.js';
import type { DatasetWithContent } from './dataset-with-content.js';

/** What a download is declared as, and the extensions that its name may have; the first is appended to any other. */
export const CONTENT_AS: Readonly<Record<DatasetFormat, { mediaType: string; extensions: readonly string[] }>> = {
  [DatasetFormat.Csv]: { mediaType: 'text/csv', extensions: ['csv', 'tsv', 'tab', 'psv', 'txt'] },
  [DatasetFormat.Json]: { mediaType: 'application/json', extensions: ['json', 'jsonl', 'ndjson', 'geojson', 'txt'] },
  [DatasetFormat.Parquet]: { mediaType: 'application/vnd.apache.parquet', extensions: ['parquet', 'parq', 'pq'] },
  [DatasetFormat.Images]: { mediaType: 'application/octet-stream', extensions: ['tar', 'tar.gz', 'tgz', 'zip'] },
};

export const ARCHIVE_EXTENSIONS: Readonly<Record<string, readonly string[]>> = {
  zip: ['zip'],
  tar: ['tar'],
  'tar.gz': ['tar.gz', 'tgz'],
};

/** Of texts with their charset, where a worker has read them in it; JSON has none to declare (RFC 8259 §11). */
export function mediaTypeOf({ metadata }: DatasetWithContent, { encoding }: ReadAs): string {
  const { mediaType } = CONTENT_AS[metadata.format];
  return metadata.format === DatasetFormat.Csv && isCharset(encoding) ? `${mediaType}; charset=${encoding}` : mediaType;
}

/** A name that HTTP can carry and its readers know: there are others for the same encodings. */
function isCharset(encoding: string | undefined): encoding is string {
  if (encoding === undefined || !/^[\w.-]+$/.test(encoding)) return false;
  try {
    return new TextDecoder(encoding) instanceof TextDecoder;
  } catch {
    return false;
  }
}

/** Safe on every system, and with an extension that fits the content, whatever somebody called it. */
export function fileNameOf(dataset: DatasetWithContent, layout: string | undefined): string {
  const { contentName, name, id, metadata } = dataset;
  const fitting = (layout && ARCHIVE_EXTENSIONS[layout]) || CONTENT_AS[metadata.format].extensions;
  return fittingName(contentName ?? safeFileName(name) ?? id, fitting);
}

/** By its first two bytes. */
export function archiveLayout(start: Buffer): string {
  if (start.toString('latin1') === 'PK') return 'zip';
  return start.toString('hex') === '1f8b' ? 'tar.gz' : 'tar';
}
