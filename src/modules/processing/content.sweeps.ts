import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Pool } from 'pg';
import { ENVIRONMENT, type Environment, scratchFolder } from '../../config/environment.js';
import { NO_BACKUP_RUNS } from '../../database/backup-lock.js';
import { POOL } from '../../database/database.module.js';
import { hourly } from '../../queue/hourly.js';
import type { Sweeps } from '../../queue/sweep.js';
import { ObjectStore } from '../../storage/object-store.js';
import { type Claims, removeOrphans, unfinishedBefore } from '../../storage/orphans.js';
import { DATASET_STORE } from '../../storage/storage.module.js';

/** $1 keys. Those that are not to be removed: a dataset has the content, or a backup may be about to copy it. */
const NEEDED = `
  SELECT content_key AS key FROM training_datasets WHERE content_key = ANY($1)
  UNION
  SELECT key FROM unnest($1::text[]) AS key WHERE NOT ${NO_BACKUP_RUNS}`;

/** Removes content that belongs to no dataset: of processes that died between storing, committing and removing. */
@Injectable()
export class ContentSweeps {
  private readonly scratch: string;
  private readonly logger = new Logger('Content');
  private readonly whenDue = hourly(() => this.tidy());
  private readonly claims: Claims = {
    claimed: (keys) => this.needed(keys),
    stayed: async (key, { message: reason }) =>
      this.logger.warn({ msg: 'Content could not be removed, trying again later', key, reason }),
  };

  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(DATASET_STORE) private readonly store: ObjectStore,
    @Inject(ENVIRONMENT) environment: Environment,
  ) {
    this.scratch = scratchFolder(environment);
  }

  tidying(): Sweeps {
    return { contentRemoved: this.whenDue };
  }

  /** Whatever the store holds at `now`; gives the number of objects removed. */
  async tidy(now = Date.now()): Promise<number> {
    const entries = await removeOldEntries(this.scratch, unfinishedBefore(now));
    return entries + (await removeOrphans(this.store, this.claims, now));
  }

  private async needed(keys: readonly string[]): Promise<string[]> {
    const { rows } = await this.pool.query<{ key: string }>(NEEDED, [keys]);
    return rows.map(({ key }) => key);
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
