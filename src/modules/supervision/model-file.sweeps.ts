import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Pool } from 'pg';
import { POOL } from '../../database/database.module.js';
import { newId } from '../../database/id.js';
import { hourly } from '../../queue/hourly.js';
import type { Sweeps } from '../../queue/sweep.js';
import { ObjectStore } from '../../storage/object-store.js';
import { removeOrphans } from '../../storage/orphans.js';
import { ARTEFACT_STORE } from '../../storage/storage.module.js';
import { NEEDED_FILES, RECORD_ORPHAN, STRIKE_ORPHAN } from '../models/space/space.statements.js';

/** Removes model files that no version has: of attempts that lost their run, and of deletions that were cut short. */
@Injectable()
export class ModelFileSweeps {
  private readonly logger = new Logger('Space');
  private readonly whenDue = hourly(() => this.tidy());

  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(ARTEFACT_STORE) private readonly store: ObjectStore,
  ) {}

  tidying(): Sweeps {
    return { modelFilesRemoved: this.whenDue };
  }

  /** Whatever the store holds at `now`; gives the number of objects removed. */
  tidy(now = Date.now()): Promise<number> {
    const claims = {
      claimed: (keys: readonly string[]) => this.needed(keys),
      removing: (key: string) => this.record(key),
      stayed: (key: string, reason: Error) => this.strike(key, reason),
    };
    return removeOrphans(this.store, claims, now);
  }

  private async needed(keys: readonly string[]): Promise<string[]> {
    const { rows } = await this.pool.query<{ key: string }>({ ...NEEDED_FILES, values: [keys] });
    return rows.map(({ key }) => key);
  }

  private async record(key: string): Promise<void> {
    const bytes = await this.store.size(key);
    await this.pool.query({ ...RECORD_ORPHAN, values: [newId('removal'), key, bytes] });
    this.logger.log({ msg: 'Removing a model file without a version', key, bytes });
  }

  /** What is on record is gone. A deletion that somebody asked for stays on record: it is tried again in an hour. */
  private async strike(key: string, { message: reason }: Error): Promise<void> {
    await this.pool.query({ ...STRIKE_ORPHAN, values: [key] });
    this.logger.warn({ msg: 'A model file could not be removed, trying again later', key, reason });
  }
}
