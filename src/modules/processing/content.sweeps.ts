import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { ENVIRONMENT, type Environment, scratchFolder } from '../../config/environment.js';
import { POOL } from '../../database/database.module.js';
import type { Sweeps } from '../../queue/sweep.js';
import { ObjectStore } from '../../storage/object-store.js';
import { DATASET_STORE } from '../../storage/storage.module.js';

const HOUR_MS = 3_600_000;
/** Milliseconds between two looks through the store. */
const EVERY_MS = HOUR_MS;
/** What is younger may be on its way to a row. */
const ORPHANED_AFTER_MS = HOUR_MS;
/** An upload that has not ended by then has lost its process. */
const UNFINISHED_AFTER_MS = 48 * HOUR_MS;
const BATCH = 500;

const KNOWN = 'SELECT content_key AS key FROM training_datasets WHERE content_key = ANY($1)';

/** Removes content that belongs to no dataset: of processes that died between storing, committing and removing. */
@Injectable()
export class ContentSweeps {
  private nextAt = Date.now() + EVERY_MS * Math.random();

  private readonly scratch: string;

  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(DATASET_STORE) private readonly store: ObjectStore,
    @Inject(ENVIRONMENT) environment: Environment,
  ) {
    this.scratch = scratchFolder(environment);
  }

  tidying(): Sweeps {
    return { contentRemoved: () => this.whenDue() };
  }

  /** Whatever the store holds at `now`; gives the number of objects removed. */
  async tidy(now = Date.now()): Promise<number> {
    let removed = await this.store.removeUnfinished(new Date(now - UNFINISHED_AFTER_MS));
    removed += await removeOldEntries(this.scratch, new Date(now - UNFINISHED_AFTER_MS));
    let batch: string[] = [];
    for await (const { key, changedAt } of this.store.list('')) {
      if (changedAt.getTime() > now - ORPHANED_AFTER_MS) continue;
      batch.push(key);
      if (batch.length < BATCH) continue;
      removed += await this.removeOrphans(batch);
      batch = [];
    }
    return removed + (await this.removeOrphans(batch));
  }

  private async whenDue(): Promise<number> {
    if (Date.now() < this.nextAt) return 0;
    this.nextAt = Date.now() + EVERY_MS;
    return this.tidy();
  }

  private async removeOrphans(keys: readonly string[]): Promise<number> {
    if (keys.length === 0) return 0;
    const { rows } = await this.pool.query<{ key: string }>(KNOWN, [keys]);
    const known = new Set(rows.map(({ key }) => key));
    const orphans = keys.filter((key) => !known.has(key));
    for (const key of orphans) await this.store.remove(key);
    return orphans.length;
  }
}

/** What killed workers left in the folder in which they look at content. */
async function removeOldEntries(folder: string, olderThan: Date): Promise<number> {
  let removed = 0;
  for (const name of await readdir(folder).catch((): string[] => [])) {
    const entry = path.join(folder, name);
    const found = await stat(entry).catch(() => null);
    if (!found || found.mtime > olderThan) continue;
    await rm(entry, { recursive: true, force: true });
    removed += 1;
  }
  return removed;
}
