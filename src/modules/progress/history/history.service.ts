import { Injectable } from '@nestjs/common';
import { JobNotFoundError } from '../../jobs/jobs.errors.js';
import type { Slice, SliceRequest } from '../../../http/page/slice.js';
import { bucketsOf, bucketsWithin } from './buckets.js';
import { type History, type HistoryPoint, type Selection, type Thinning, ThinningMethod } from './history.js';
import { type Asked, type Extent, HistoryRepository } from './history.repository.js';
import { ReadingSlots } from './reading-slots.js';
import { thinByTriangles } from './thin-by-triangles.js';

/** Epochs that are read at once where all are sent. */
const AT_ONCE = 2_000;

/**
 * Points out of which LTTB chooses one: MinMaxLTTB (J. Van Der Donckt, J. Van Der Donckt, M. Rademaker, S. Van Hoecke,
 * MinMaxLTTB: Leveraging MinMax-Preselection to Scale LTTB, IEEE VIS 2023) finds 4 to be enough.
 */
const PRESELECTION = 4;

export interface HistoryPage extends Slice<HistoryPoint> {
  originalCount: number;
}

/** The epochs that jobs have trained. */
@Injectable()
export class HistoryService {
  constructor(
    private readonly histories: HistoryRepository,
    private readonly slots: ReadingSlots,
  ) {}

  /** Throws JobNotFoundError for the first id that is no job of the tenant. */
  async requireJobs(tenantId: string, jobIds: readonly string[]): Promise<void> {
    const known = await this.histories.known(tenantId, jobIds);
    const missing = jobIds.find((id) => !known.has(id));
    if (missing !== undefined) throw new JobNotFoundError(missing);
  }

  /** Oldest first; a cursor is an epoch. A page is as many epochs by number, and shorter should some be missing. */
  async page(asked: Asked, { limit, after }: SliceRequest): Promise<HistoryPage> {
    const extent = await this.histories.extent(asked);
    if (!extent) return { rows: [], hasMore: false, originalCount: 0 };
    const from = Math.max(extent.first, Number(after ?? 0) + 1);
    const to = Math.min(extent.last, from + limit - 1);
    const rows = await this.histories.epochs({ ...asked, from, to });
    return { rows, hasMore: to < extent.last, last: to.toString(), originalCount: lengthOf(extent) };
  }

  /** At most as many points as the thinning says; all epochs where there are no more. Throws HistoriesBusyError. */
  thinned(asked: Asked, thinning: Thinning): Promise<History> {
    return this.slots.during(() => this.thinnedNow(asked, thinning));
  }

  private async thinnedNow(asked: Asked, thinning: Thinning): Promise<History> {
    const { maxPoints, method } = thinning;
    const extent = await this.histories.extent(asked);
    const range = { ...asked, from: extent?.first ?? asked.from, to: extent?.last ?? asked.to };
    if (!extent || (await this.histories.countUpTo(range, maxPoints + 1)) <= maxPoints) {
      const points = extent ? await this.histories.epochs(range) : [];
      return { points, method: 'all', originalCount: points.length };
    }
    const found =
      method === ThinningMethod.MinMax ? this.byExtremes(range, thinning) : this.byTriangles(range, thinning);
    return { ...(await found), method };
  }

  /** In the order of the ids; one after the other, so that a request keeps one connection busy at most. */
  async each(tenantId: string, jobIds: readonly string[], selection: Selection, thinning: Thinning) {
    await this.requireJobs(tenantId, jobIds);
    const histories: (History & { jobId: string })[] = [];
    for (const jobId of jobIds) {
      histories.push({ jobId, ...(await this.thinned({ tenantId, jobId, ...selection }, thinning)) });
    }
    return histories;
  }

  /** All epochs that there are by now, in pieces, oldest first. Reads on only when it is asked for the next piece. */
  async *all(asked: Asked): AsyncGenerator<HistoryPoint[], void, undefined> {
    const extent = await this.histories.extent(asked);
    if (!extent) return;
    for (let from = extent.first; from <= extent.last; from += AT_ONCE) {
      const to = Math.min(extent.last, from + AT_ONCE - 1);
      yield await this.histories.epochs({ ...asked, from, to });
    }
  }

  private byExtremes(range: Asked, { maxPoints, by }: Thinning) {
    const buckets = bucketsWithin(maxPoints, by.length, epochsOf(range));
    return this.histories.extremes(range, { ...buckets, by, ends: true, most: maxPoints });
  }

  private async byTriangles(range: Asked, { maxPoints, by }: Thinning) {
    const { points, originalCount } = await this.preselected(range, { maxPoints, by });
    return { points: thinByTriangles(points, by, maxPoints), originalCount };
  }

  /** Least and greatest of each series in so many buckets that there are four for each point to come. */
  private async preselected(range: Asked, { maxPoints, by }: Omit<Thinning, 'method'>) {
    const most = PRESELECTION * maxPoints;
    if ((await this.histories.countUpTo(range, most + 1)) <= most) {
      const points = await this.histories.epochs(range);
      return { points, originalCount: points.length };
    }
    const count = Math.max(1, Math.floor(most / (2 * by.length)));
    const buckets = bucketsOf(count, by.length, epochsOf(range));
    return this.histories.extremes(range, { ...buckets, by, ends: false, most: most + 2 });
  }
}

/**
 * How many epochs there are from the first to the last: an epoch is only ever written after the one before, and old ones
 * are removed from the beginning, so that there is none missing in between.
 */
function lengthOf({ first, last }: Extent): number {
  return last - first + 1;
}

function epochsOf({ from, to }: Asked): number {
  return to - from + 1;
}
