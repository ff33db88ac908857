import type { DataSource } from 'typeorm';
import { ComparisonRepository } from '../../src/modules/models/comparison/comparison.repository.js';
import { HistoryRepository } from '../../src/modules/progress/history/history.repository.js';
import { HistoryService } from '../../src/modules/progress/history/history.service.js';
import { ThinningMethod } from '../../src/modules/progress/history/history.js';
import { ReadingSlots } from '../../src/modules/progress/history/reading-slots.js';
import { ALL_SERIES, THINNED_BY } from '../../src/modules/progress/history/series.js';
import { BASE_PATH, type Client, testToken } from '../../test/support/client.js';
import type { Work } from './latencies.js';

const TENANT = 'default';
const METHODS = { min_max: ThinningMethod.MinMax, lttb: ThinningMethod.Lttb };
const LONGEST_PAGE = 10_000;

/** Asks the platform's own code at the database, and the API. */
export class Asking {
  private readonly histories: HistoryService;
  private readonly comparisons: ComparisonRepository;

  constructor(
    source: DataSource,
    private readonly client: Client,
  ) {
    this.histories = new HistoryService(new HistoryRepository(source), new ReadingSlots());
    this.comparisons = new ComparisonRepository(source);
  }

  thinned(jobId: string, method: keyof typeof METHODS, maxPoints: number): Work {
    const thinning = { maxPoints, method: METHODS[method], by: THINNED_BY };
    return () => this.histories.thinned(this.all(jobId), thinning);
  }

  page(jobId: string, limit: number, after = 0): Work {
    return () => this.histories.page(this.all(jobId), { limit, after: String(after) });
  }

  curves(jobIds: readonly string[]) {
    return this.comparisons.curves(TENANT, jobIds);
  }

  async get(path: string): Promise<{ nextCursor?: string }> {
    const answer = await this.client.get<{ nextCursor?: string }>(path);
    if (answer.status !== 200) throw new Error(`${path} was answered ${answer.status}: ${answer.text}`);
    return answer.body;
  }

  history(jobId: string, query: string): Work {
    return () => this.get(`/jobs/${jobId}/progress/history?${query}`);
  }

  /** Of the page that ends with an epoch, a multiple of 10,000. */
  async cursorAfter(jobId: string, epoch: number): Promise<string> {
    let cursor = '';
    for (let read = 0; read < epoch; read += LONGEST_PAGE) {
      const page = await this.get(
        `/jobs/${jobId}/progress/history?limit=${LONGEST_PAGE}&cursor=${cursor}`.replace(/&cursor=$/, ''),
      );
      cursor = page.nextCursor!;
    }
    return cursor;
  }

  csv(jobId: string): Work {
    const url = `${this.client.origin}${BASE_PATH}/jobs/${jobId}/progress/history`;
    return async () => {
      const { body } = await fetch(url, { headers: { authorization: `Bearer ${testToken()}`, accept: 'text/csv' } });
      for await (const _ of body!);
    };
  }

  private all(jobId: string) {
    return { tenantId: TENANT, jobId, from: 1, to: 2_147_483_647, series: ALL_SERIES };
  }
}
