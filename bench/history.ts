import { TestPlatform } from '../test/support/platform.js';
import { connect } from '../test/support/data-source.js';
import { benchmark } from './harness/benchmark.js';
import { ratioOf } from './harness/report.js';
import { Asking } from './history/asking.js';
import { fill } from './history/fill.js';
import { milliseconds, often, tell } from './history/latencies.js';
import * as known from './history/known.statements.js';
import { type Row, thinned } from './history/in-process.js';

/**
 * `npm run bench -- history`: ten million epochs of 10,000 jobs and two jobs of a million (quick: 200 jobs beside those
 * two), asked for in every way, at the database and by the API. Held against the plainest statements for the same.
 */
const JOBS = { quick: 200, full: 10_000 };
const EPOCHS = 1_000_000;
const POINTS = 500;
const PAGE = 1_000;
const DEEP = 0.9 * EPOCHS;

await benchmark('history', async ({ full, rounds, report }) => {
  const platform = await TestPlatform.start({ workers: 0 });
  const { database, client } = platform;
  const { source } = await connect(database);
  try {
    const begun = performance.now();
    const jobs = JOBS[full ? 'full' : 'quick'];
    const { long, old, many } = await fill(database, jobs, EPOCHS);
    const seconds = Math.round((performance.now() - begun) / 1_000);
    report.note(`${jobs} jobs of 1,000 epochs and two of ${EPOCHS.toLocaleString('en')}, filled in ${seconds} s`);
    const ask = new Asking(source, client);
    const sql =
      (text: string, ...values: unknown[]) =>
      () =>
        database.rows(text, values);
    let turn = 0;
    const next = () => many[(turn++ * 7_919) % many.length]!;
    const several = () => Array.from({ length: 10 }, next);

    const points = await tell(report, `${POINTS} points of a million epochs`, 'count, min and max in SQL', rounds, {
      'count, min and max in SQL': [1, sql(known.EXTREMES, long)],
      'all fetched and thinned in the process': [
        1,
        async () => thinned(await database.rows<Row>(known.WHOLE, [long]), POINTS),
      ],
      'min_max, no blocks': [1, ask.thinned(old, 'min_max', POINTS)],
      'lttb, no blocks': [1, ask.thinned(old, 'lttb', POINTS)],
      min_max: [20, ask.thinned(long, 'min_max', POINTS)],
      lttb: [20, ask.thinned(long, 'lttb', POINTS)],
      'min_max by the API': [20, ask.history(long, `maxPoints=${POINTS}`)],
      'lttb by the API': [20, ask.history(long, `maxPoints=${POINTS}&method=lttb`)],
    });
    for (const { subject, median } of points.rows.filter((row) => ['min_max', 'lttb'].includes(row.subject))) {
      report.target(`maxPoints=500 of a million epochs by ${subject}, ms at the database`, median, { atMost: 25 });
    }

    await tell(report, 'Latest progress', 'newest by (job, epoch)', rounds, {
      'newest by (job, epoch)': often(async () => database.rows(known.NEWEST, [next()])),
      'newest by time': often(async () => database.rows(known.NEWEST_BY_TIME, [next()])),
      'from the job row': often(async () => database.rows(known.FROM_JOB, [next()])),
      'by the API': often(async () => ask.get(`/jobs/${next()}/progress`)),
    });

    const cursor = await ask.cursorAfter(long, DEEP);
    const pages = await tell(report, `Pages of ${PAGE}`, 'first', rounds, {
      first: [10, ask.page(long, PAGE)],
      [`after ${DEEP}`]: [10, ask.page(long, PAGE, DEEP)],
      'first, by OFFSET': [10, sql(known.PAGE_BY_OFFSET, long, PAGE, 0)],
      [`after ${DEEP}, by OFFSET`]: [2, sql(known.PAGE_BY_OFFSET, long, PAGE, DEEP)],
      'first, by the API': [10, ask.history(long, `limit=${PAGE}`)],
      [`after ${DEEP}, by the API`]: [10, ask.history(long, `limit=${PAGE}&cursor=${cursor}`)],
    });
    report.target('page after 900,000 against the first', ratioOf(pages, `after ${DEEP}`), { atMost: 1.2 });

    await tell(report, 'How many epochs', 'count(*)', rounds, {
      'count(*)': [1, sql(known.COUNT, long)],
      'from the first and the last': [20, ask.page(long, 1)],
    });

    const mixed = () => [...new Set([...several().slice(2), long, old])];
    await tell(report, 'Curves of 10 jobs', 'all rows of 10 short ones', rounds, {
      'all rows of 10 short ones': [5, async () => database.rows(known.WHOLE_OF_SEVERAL, [several()])],
      'of 10 short ones': [5, async () => ask.curves(several())],
      'of 8 short ones and 2 of a million epochs': [5, async () => ask.curves(mixed())],
      'of these by the API': [5, async () => ask.get(`/jobs/compare?jobs=${mixed().join()}`)],
    });

    const csv = await milliseconds(ask.csv(long));
    report.note(`a million epochs as CSV: ${(csv / 1_000).toFixed(1)} s`);
  } finally {
    await source.destroy();
    await platform.stop();
  }
});
