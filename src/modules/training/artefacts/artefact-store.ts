import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { artefactsFolder, ENVIRONMENT, type Environment } from '../../../config/environment.js';
import type { StoredArtefact } from '../run.protocol.js';
import type { Run } from '../run.js';

/** Model files on a disk that all workers share. A file is there whole or not at all. */
@Injectable()
export class ArtefactStore {
  private readonly root: string;

  constructor(@Inject(ENVIRONMENT) environment: Environment) {
    this.root = artefactsFolder(environment);
  }

  /**
   * Scoped by job and attempt, so that no two writers meet. Written beside its place (the same file system), flushed to
   * the disk, then renamed, and the folder flushed as well: after a power cut the row never names a torn file.
   */
  async save(run: Run, bytes: Uint8Array): Promise<StoredArtefact> {
    const relative = path.posix.join(run.modelId, run.id, `attempt-${run.attempt}.json`);
    const target = path.join(this.root, relative);
    const folder = path.dirname(target);
    const temporary = path.join(folder, `.${randomUUID()}.tmp`);
    await mkdir(folder, { recursive: true });
    try {
      await writeFlushed(temporary, bytes);
      await rename(temporary, target);
      await flushFolder(folder);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
    return { path: relative, size: bytes.byteLength, sha256: createHash('sha256').update(bytes).digest('hex') };
  }

  /** For a file whose run turned out not to be ours to complete. */
  async discard(artefact: StoredArtefact): Promise<void> {
    await rm(path.join(this.root, artefact.path), { force: true });
  }
}

async function writeFlushed(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, 'wx', 0o644);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
