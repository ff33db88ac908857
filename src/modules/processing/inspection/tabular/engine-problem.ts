import { ContentRejected, rejected } from './problems.js';

/** The host's troubles, of which the content is innocent, by the code that the system has for them. */
const HOST: readonly [pattern: RegExp, code: string][] = [
  [/No space left on device|max_temp_directory_size/i, 'ENOSPC'],
  [/Too many open files/i, 'EMFILE'],
  [/Could not (write|read(?! enough)|set|create|truncate)|lock on file/i, 'EIO'],
];

const KNOWN: readonly [pattern: RegExp, code: string, detail: string][] = [
  [
    /Out of Memory|failed to (allocate|pin|offload)/i,
    'too_complex',
    'Reading the content takes more memory than allowed.',
  ],
  [/encrypted/i, 'parquet_encrypted', 'The file is encrypted. Upload it decrypted.'],
  [/max(imum)?[ _]line[ _]size/i, 'line_too_long', 'A row is longer than can be read.'],
  [
    /magic bytes|read enough bytes|too small to be a Parquet|Parquet file|decompression failure|thrift|TProtocol|Footer length/i,
    'parquet_malformed',
    'The file is not a Parquet file, or it is cut off or damaged.',
  ],
];

/** What an error of the engine says of the content. Errors that are the host's are thrown on. */
export function engineProblem(error: unknown): ContentRejected {
  if (error instanceof ContentRejected) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (isOurs(error)) throw error;
  const host = HOST.find(([pattern]) => pattern.test(message));
  if (host) throw Object.assign(error as Error, { code: host[1] });
  const known = KNOWN.find(([pattern]) => pattern.test(message));
  if (known) return rejected(known[1], known[2]);
  return rejected('content_unreadable', `The content could not be read: ${withoutPaths(message)}`);
}

/** Errors of Node's own calls carry the call, and those of code a class; the engine's do neither. */
function isOurs(error: unknown): boolean {
  return error instanceof Error && ('syscall' in error || error.constructor !== Error);
}

/** The first line of what the engine says, which names files by their place on the worker. */
function withoutPaths(message: string): string {
  const line = message.split('\n', 1)[0]!;
  return line
    .replace(/(["'])[^"']*\/[^"']*\1/g, 'the file')
    .replace(/\S*\/\S+\/\S*/g, 'the file')
    .slice(0, 200);
}
