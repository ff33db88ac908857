import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Pool } from 'pg';
import { POOL } from '../../../database/database.module.js';
import { BLOCK_EPOCHS } from '../../jobs/progress-block.entity.js';
import { WRITE_BLOCKS } from './block.statement.js';

/** Blocks of one statement; what is over waits for the next. */
const AT_ONCE = 100;

interface Block {
  jobId: string;
  block: number;
}

/**
 * Sums up the epochs of runs, a block at a time, for whoever reads long histories. Only after the commit of a block's
 * last epoch, in a statement of its own that no run waits for; one at a time, for all blocks that came meanwhile. What
 * fails, or is cut off by the end of the process, is left out: readers then read the epochs.
 */
@Injectable()
export class BlockWriter {
  private readonly logger = new Logger(BlockWriter.name);
  private readonly waiting: Block[] = [];
  private writing: Promise<void> | undefined;

  constructor(@Inject(POOL) private readonly pool: Pool) {}

  /** An epoch of the job was committed. */
  committed(jobId: string, epoch: number): void {
    if (epoch % BLOCK_EPOCHS !== 0) return;
    this.waiting.push({ jobId, block: epoch / BLOCK_EPOCHS - 1 });
    this.writing ??= this.write();
  }

  /** Resolves when nothing is being written. */
  async idle(): Promise<void> {
    await this.writing;
  }

  private async write(): Promise<void> {
    // What else was committed together with it comes within this turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.waiting.length > 0) await this.writeNext(this.waiting.splice(0, AT_ONCE));
    this.writing = undefined;
  }

  private async writeNext(blocks: readonly Block[]): Promise<void> {
    const values = [blocks.map(({ jobId }) => jobId), blocks.map(({ block }) => block)];
    try {
      await this.pool.query({ ...WRITE_BLOCKS, values });
    } catch (error) {
      this.logger.warn({ msg: 'Epochs were not summed up', blocks: blocks.length, reason: (error as Error).message });
    }
  }
}
