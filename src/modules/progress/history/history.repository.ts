import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Buckets } from './buckets.js';
import type { History, HistoryPoint, Selection } from './history.js';
import { COUNT_UP_TO, epochsOf, EXTENT, KNOWN_JOBS } from './history.statements.js';
import type { Series } from './series.js';
import { stepsOfBlocks, stepsOfEpochs } from './steps.statements.js';
import { thinning } from './thinning.statement.js';

/** The epochs of a job that are asked for. */
export interface Asked extends Selection {
  tenantId: string;
  jobId: string;
}

export interface Extent {
  first: number;
  last: number;
}

interface Extremes extends Buckets {
  by: readonly Series[];
  /** Whether the first and the last epoch of every bucket are wanted, too. */
  ends: boolean;
  most: number;
}

@Injectable()
export class HistoryRepository {
  constructor(@InjectDataSource() private readonly source: DataSource) {}

  /** Those of the ids that are jobs of the tenant. */
  async known(tenantId: string, jobIds: readonly string[]): Promise<Set<string>> {
    const rows = await this.source.query<{ id: string }[]>(KNOWN_JOBS, [tenantId, jobIds]);
    return new Set(rows.map(({ id }) => id));
  }

  /** The first and the last epoch that there are in the range. */
  async extent(asked: Asked): Promise<Extent | null> {
    const [row] = await this.source.query<Extent[]>(EXTENT, rangeOf(asked));
    return row && row.first !== null ? row : null;
  }

  /** How many epochs there are, counted no further than `most`. */
  async countUpTo(asked: Asked, most: number): Promise<number> {
    const [row] = await this.source.query<{ count: number }[]>(COUNT_UP_TO, [...rangeOf(asked), most]);
    return row!.count;
  }

  /** Oldest first. */
  epochs(asked: Asked): Promise<HistoryPoint[]> {
    return this.source.query<HistoryPoint[]>(epochsOf(asked.series), rangeOf(asked));
  }

  /** The epochs with the extremes of each bucket, oldest first, and how many epochs there are in all. */
  async extremes(asked: Asked, { by, ends, count, steps, most }: Extremes): Promise<Omit<History, 'method'>> {
    const values = [...rangeOf(asked), count, most, ...(steps === null ? [] : [steps])];
    const statement = thinning(by, asked.series, ends, steps === null ? stepsOfBlocks : stepsOfEpochs);
    const rows = await this.source.query<(HistoryPoint & { count: number })[]>(statement, values);
    return { points: rows, originalCount: rows[0]?.count ?? 0 };
  }
}

function rangeOf({ tenantId, jobId, from, to }: Asked): unknown[] {
  return [tenantId, jobId, from, to];
}
