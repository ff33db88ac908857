import type { FileHandle } from 'node:fs/promises';
import { types } from 'node:util';

import { fromRandomAccessReaderPromise, type ZipFile } from 'yauzl';

import type { ArchiveLimits, RecordedEntry } from './archive-entry.js';
import { ArchiveFault, faultOf, malformed } from './archive-fault.js';
import { Expansion } from './expansion.js';
import { tooManyFiles } from './too-many-files.js';
import { type OpenZip, zipContent } from './zip-content.js';
import { assertReadable, kindOf } from './zip-kind.js';
import { nameOf } from './zip-name.js';
import { ZipReader } from './zip-reader.js';

const FILE_IN_DIRECTORY = 0x02014b50;

/** The entries of a zip in the order of its directory. Throws `ArchiveFault`. */
export async function* zipEntries(handle: FileHandle, limits: ArchiveLimits): AsyncGenerator<RecordedEntry> {
  try {
    const { size } = await handle.stat();
    const zip = await fromRandomAccessReaderPromise(new ZipReader(handle, size), size, {
      // Names and sizes are checked here, where it is known which entry they are of.
      decodeStrings: false,
      validateEntrySizes: false,
      autoClose: false,
    });
    if (zip.entryCount > limits.maxFiles) throw tooManyFiles(limits.maxFiles);
    const open: OpenZip = { zip, handle, expansion: new Expansion(limits.maxExpandedBytes) };
    for await (const entry of zip.eachEntry()) {
      const path = nameOf(entry);
      assertReadable(entry.generalPurposeBitFlag, entry.compressionMethod, path);
      yield { path, kind: kindOf(entry, path), content: () => zipContent(open, entry, path) };
    }
    await assertDirectoryEnds(zip, handle);
  } catch (error) {
    throw zipFault(error);
  }
}

/** A count that is too low hides files from those who trust it. */
async function assertDirectoryEnds(zip: ZipFile, handle: FileHandle): Promise<void> {
  const next = Buffer.alloc(4);
  // The types have it as a boolean.
  await handle.read(next, 0, next.length, zip.readEntryCursor as unknown as number);
  if (next.readUInt32LE(0) === FILE_IN_DIRECTORY) throw malformed('the directory holds more files than it says');
}

/** Two things that yauzl tells by its words alone. */
function zipFault(error: unknown): unknown {
  const fault = faultOf(error);
  if (!types.isNativeError(error) || error instanceof ArchiveFault) return fault;
  if (/encryption/.test(error.message)) return new ArchiveFault('archive_encrypted', 'The archive is encrypted.');
  if (/multi-disk/.test(error.message))
    return new ArchiveFault('archive_unsupported', 'The archive is one of several.');
  return fault;
}
