import path from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import type { ObjectStore } from '../../../storage/object-store.js';
import { ARTEFACT_STORE } from '../../../storage/storage.module.js';
import type { StoredArtefact } from '../run.protocol.js';
import type { Run } from '../run.js';

/** Model files. A file is there whole or not at all. */
@Injectable()
export class ArtefactStore {
  constructor(@Inject(ARTEFACT_STORE) private readonly store: ObjectStore) {}

  /** Scoped by job and attempt, so that no two writers meet. */
  async save(run: Run, bytes: Uint8Array): Promise<StoredArtefact> {
    const key = path.posix.join(run.modelId, run.id, `attempt-${run.attempt}.json`);
    const { size, sha256 } = await this.store.put(key, bytes);
    return { path: key, size, sha256 };
  }

  /** For a file whose run turned out not to be ours to complete. */
  async discard(artefact: StoredArtefact): Promise<void> {
    await this.store.remove(artefact.path);
  }
}
