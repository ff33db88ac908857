import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Tally } from '../storage/tally.js';

/** Whoever may read a backup may read all that the platform knows. */
export const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

export interface WrittenFile {
  bytes: number;
  /** Hexadecimal. */
  sha256: string;
}

/** Streams into a new file, by way of `through`, and flushes it to the disk; gives what was written. */
export async function writeFile(
  file: string,
  source: Readable,
  { signal, through }: { signal: AbortSignal; through?: Transform },
): Promise<WrittenFile> {
  await mkdir(path.dirname(file), { recursive: true, mode: FOLDER_MODE });
  const tally = new Tally();
  const target = createWriteStream(file, { flags: 'wx', mode: FILE_MODE, flush: true });
  await (through ? pipeline(source, through, tally, target, { signal }) : pipeline(source, tally, target, { signal }));
  const { size, sha256 } = tally.result();
  return { bytes: size, sha256 };
}
