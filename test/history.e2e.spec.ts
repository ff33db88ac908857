import { once } from 'node:events';
import http from 'node:http';
import fc from 'fast-check';
import { WRITE_BLOCKS } from '../src/modules/training/blocks/block.statement.js';
import { datasetRow, jobRow } from './factories/row.factory.js';
import { progressRows } from './factories/progress.factory.js';
import { type Answer, BASE_PATH, testToken } from './support/client.js';
import { TestPlatform } from './support/platform.js';
import { type ProblemAnswer, refusal } from './support/problem.js';

const SERIES = ['loss', 'validationLoss', 'accuracy', 'learningRate'] as const;
type Name = (typeof SERIES)[number];

interface Point extends Partial<Record<Name, number>> {
  epoch: number;
  attempt: number;
  timestamp: string;
}

interface HistoryAnswer {
  data: Point[];
  hasMore: boolean;
  nextCursor?: string;
  method: string;
  originalCount: number;
}

interface Curve extends Partial<Record<Name, (number | null)[]>> {
  epochs: number[];
}

/** Few values, so that many are equal. */
const VALUE = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true, noDefaultInfinity: true }));

const CURVE = fc.uniqueArray(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 200 }).chain((epochs) => {
  const values = fc.array(VALUE, { minLength: epochs.length, maxLength: epochs.length });
  const sparse = fc.array(fc.option(VALUE, { freq: 3 }), { minLength: epochs.length, maxLength: epochs.length });
  const sorted = fc.constant(epochs.toSorted((a, b) => a - b));
  return fc.record({ epochs: sorted, loss: values, validationLoss: values, accuracy: sparse, learningRate: values });
});

const ASKED = fc.record({
  series: fc.option(fc.subarray([...SERIES], { minLength: 1 })),
  maxPoints: fc.integer({ min: 2, max: 120 }),
  from: fc.integer({ min: 1, max: 200 }),
  length: fc.integer({ min: 0, max: 400 }),
});

/** Long buckets are made of these. */
const blockOf = (epoch: number) => Math.floor((epoch - 1) / 256);

/** What min_max is to keep, as plainly as it can be said. */
function naive(points: Point[], by: readonly Name[], maxPoints: number): number[] {
  if (points.length <= maxPoints) return points.map(({ epoch }) => epoch);
  const [first, last] = [points[0]!.epoch, points.at(-1)!.epoch];
  const count = Math.max(1, Math.floor(maxPoints / (2 + 2 * by.length)));
  const buckets = Array.from({ length: count }, (): Point[] => []);
  const place = last - first + 1 >= 512 * count ? blockOf : (epoch: number) => epoch;
  const length = place(last) - place(first) + 1;
  for (const point of points) {
    buckets[Math.floor(((place(point.epoch) - place(first)) * count) / length)]!.push(point);
  }
  const ranked = buckets.flatMap((bucket) => [
    ...(bucket.length > 0 ? [bucket[0]!, bucket.at(-1)!] : []),
    ...by.flatMap((name) => {
      const known = bucket.filter((point) => point[name] !== undefined);
      const sorted = known.toSorted((a, b) => a[name]! - b[name]!);
      const greatest = known.toSorted((a, b) => b[name]! - a[name]!);
      return known.length > 0 ? [sorted[0]!, greatest[0]!] : [];
    }),
  ]);
  const epochs = [...new Set(ranked.map(({ epoch }) => epoch))];
  return epochs.slice(0, maxPoints).toSorted((a, b) => a - b);
}

describe('the history of a job', () => {
  let platform: TestPlatform;
  let datasetId: string;

  beforeAll(async () => {
    platform = await TestPlatform.start({ workers: 0 });
    datasetId = await datasetRow(platform.database);
  });
  afterAll(() => platform.stop());

  const newJob = () => jobRow(platform.database, datasetId);
  const pathOf = (jobId: string, query = '') => `/jobs/${jobId}/progress/history${query && `?${query}`}`;
  const history = async (jobId: string, query = ''): Promise<HistoryAnswer> => {
    const answer = await platform.client.get<HistoryAnswer>(pathOf(jobId, query));
    expect([answer.status, answer.text.slice(0, answer.status === 200 ? 0 : 500)]).toEqual([200, '']);
    return answer.body;
  };
  const asCsv = (jobId: string, query = '') =>
    platform.client.raw('GET', pathOf(jobId, query), undefined, { accept: 'text/csv' });
  const withEpochs = async (to: number) => {
    const jobId = await newJob();
    await progressRows(platform.database, jobId, 1, to);
    return jobId;
  };
  const withCurve = async ({ epochs, loss, validationLoss, accuracy, learningRate }: Curve) => {
    const jobId = await newJob();
    await platform.database.rows(
      `INSERT INTO training_progress (job_id, current_epoch, tenant_id, attempt, loss, validation_loss, accuracy,
         learning_rate, estimated_time_remaining)
       SELECT $1, epoch, 'default', 1 + epoch % 3, loss, validation_loss, accuracy, learning_rate, 0
       FROM unnest($2::int[], $3::float8[], $4::float8[], $5::float8[], $6::float8[])
         AS point (epoch, loss, validation_loss, accuracy, learning_rate)`,
      [jobId, epochs, loss, validationLoss, accuracy, learningRate],
    );
    return jobId;
  };
  const epochsOf = ({ data }: { data: Point[] }) => data.map(({ epoch }) => epoch);
  const oneTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, index) => first + index);

  it('is empty before the first epoch', async () => {
    const jobId = await newJob();
    const nothing = { data: [], hasMore: false, method: 'all', originalCount: 0 };
    expect(await history(jobId)).toEqual(nothing);
    expect(await history(jobId, 'maxPoints=10')).toEqual(nothing);
    expect((await asCsv(jobId)).text).toBe('epoch,loss,validationLoss,accuracy,learningRate,attempt,timestamp\r\n');
  });

  it('comes in pages that follow each other without a gap', async () => {
    const jobId = await withEpochs(2_345);
    for (const [query, size, first, last] of [
      ['', 1_000, 1, 2_345],
      ['limit=7&fromEpoch=10&toEpoch=40', 7, 10, 40],
      ['limit=10000', 10_000, 1, 2_345],
      ['limit=5&fromEpoch=2341&series=loss', 5, 2_341, 2_345],
    ] as const) {
      const seen: number[] = [];
      for (let cursor = ''; ;) {
        const page = await history(jobId, [query, cursor].filter(Boolean).join('&'));
        expect([page.method, page.originalCount]).toEqual(['all', last - first + 1]);
        expect(page.data.length).toBeLessThanOrEqual(size);
        seen.push(...epochsOf(page));
        expect(page.hasMore).toBe(page.nextCursor !== undefined);
        if (!page.hasMore) break;
        cursor = `cursor=${page.nextCursor}`;
      }
      expect(seen).toEqual(oneTo(last, first));
    }
  });

  it('has the series that are asked for, and no accuracy where there is none', async () => {
    const jobId = await withEpochs(3);
    const [whole] = (await history(jobId)).data;
    const { timestamp, ...rest } = whole!;
    expect(rest).toEqual({ epoch: 1, loss: 1, validationLoss: 1.5, learningRate: 0.001, attempt: 1 });
    expect(new Date(timestamp).toISOString()).toBe(timestamp);
    const [part] = (await history(jobId, 'series=validationLoss&series=accuracy&maxPoints=2')).data;
    expect(part).toEqual({ epoch: 1, validationLoss: 1.5, attempt: 1, timestamp });
  });

  it('is thinned out as a plain reading of all rows would have it', async () => {
    await fc.assert(
      fc.asyncProperty(CURVE, fc.array(ASKED, { minLength: 3, maxLength: 6 }), async (curve, askings) => {
        const jobId = await withCurve(curve);
        const all = (await history(jobId, 'limit=10000')).data;
        for (const { series, maxPoints, from, length } of askings) {
          const named = (series ?? []).map((name) => `&series=${name}`).join('');
          const range = `maxPoints=${maxPoints}&fromEpoch=${from}&toEpoch=${from + length}${named}`;
          const inside = all.filter(({ epoch }) => epoch >= from && epoch <= from + length);
          const thinned = await history(jobId, range);
          const by = SERIES.filter((name) => (series ?? ['loss', 'validationLoss']).includes(name));
          expect(epochsOf(thinned)).toEqual(naive(inside, by, maxPoints));
          const isWhole = inside.length <= maxPoints;
          const told = { hasMore: false, method: isWhole ? 'all' : 'min_max', originalCount: inside.length };
          expect(thinned).toMatchObject(told);
          const shown = new Set<string>(['epoch', 'attempt', 'timestamp', ...(series ?? SERIES)]);
          const byEpoch = new Map(inside.map((point) => [point.epoch, point]));
          for (const point of thinned.data) {
            const expected = Object.entries(byEpoch.get(point.epoch)!).filter(([name]) => shown.has(name));
            expect(point).toEqual(Object.fromEntries(expected));
          }

          const triangles = await history(jobId, `${range}&method=lttb`);
          expect(triangles).toMatchObject({ ...told, method: isWhole ? 'all' : 'lttb' });
          expect(triangles.data.length).toBeLessThanOrEqual(maxPoints);
          const chosen = epochsOf(triangles);
          expect(chosen.filter((epoch) => byEpoch.has(epoch))).toEqual(chosen);
          expect(chosen).toEqual([...new Set(chosen)].toSorted((a, b) => a - b));
          if (inside.length > 0) expect([chosen[0], chosen.at(-1)]).toEqual([inside[0]!.epoch, inside.at(-1)!.epoch]);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('keeps every spike, whichever way it is thinned', async () => {
    const jobId = await withEpochs(50_000);
    await platform.database.rows(
      `UPDATE training_progress SET loss = CASE current_epoch WHEN 7001 THEN 90 WHEN 33333 THEN -5 ELSE loss END,
         validation_loss = CASE current_epoch WHEN 41999 THEN 70 ELSE validation_loss END WHERE job_id = $1`,
      [jobId],
    );
    for (const method of ['min_max', 'lttb']) {
      const thinned = await history(jobId, `maxPoints=100&method=${method}`);
      expect(thinned).toMatchObject({ method, originalCount: 50_000 });
      expect(epochsOf(thinned)).toEqual(expect.arrayContaining([1, 7_001, 33_333, 41_999, 50_000]));
      expect(thinned.data.length).toBeLessThanOrEqual(100);
    }
  });

  it('is the same from blocks, from epochs, and from some of each', async () => {
    const { database } = platform;
    const jobId = await newJob();
    // Few values, so that many are equal; no accuracy in the second block, numbers that are none in the third.
    await database.rows(
      `INSERT INTO training_progress (job_id, current_epoch, tenant_id, attempt, loss, validation_loss, accuracy,
         learning_rate, estimated_time_remaining)
       SELECT $1, epoch, 'default', 1, CASE epoch WHEN 600 THEN 'NaN' WHEN 620 THEN '-Infinity' ELSE (epoch % 7)::float8 END,
         CASE epoch WHEN 1 THEN 'Infinity' ELSE abs(500 - epoch)::float8 END,
         CASE WHEN epoch % 3 = 0 AND epoch NOT BETWEEN 257 AND 512 THEN epoch % 5 END, epoch / 1000.0, 0
       FROM generate_series(1, 2000) AS epoch`,
      [jobId],
    );
    const asked = fc.record({
      series: fc.subarray([...SERIES], { minLength: 1 }),
      maxPoints: fc.integer({ min: 2, max: 30 }),
      from: fc.integer({ min: 1, max: 700 }),
      to: fc.integer({ min: 1_200, max: 2_000 }),
      method: fc.constantFrom('min_max', 'lttb'),
    });
    const queries = fc.sample(asked, 60);
    const answers = async () => {
      const all = [];
      for (const { series, maxPoints, from, to, method } of queries) {
        const named = series.map((name) => `&series=${name}`).join('');
        const range = `maxPoints=${maxPoints}&fromEpoch=${from}&toEpoch=${to}&method=${method}${named}`;
        all.push(await history(jobId, range));
      }
      return all;
    };
    const fromEpochs = await answers();
    const finite = (await history(jobId, 'limit=10000')).data.filter(({ epoch }) => epoch > 620);
    for (const [place, { series, maxPoints, from, to, method }] of queries.entries()) {
      const inside = finite.filter(({ epoch }) => epoch >= from && epoch <= to);
      if (from <= 620 || method === 'lttb') continue;
      expect(epochsOf(fromEpochs[place]!)).toEqual(naive(inside, series, maxPoints));
    }
    const numbers = Array.from({ length: 8 }, (_, block) => block);
    await database.rows(WRITE_BLOCKS.text, [numbers.map(() => jobId), numbers]);
    const blocks = () => database.rows('SELECT block FROM training_progress_blocks WHERE job_id = $1', [jobId]);
    expect(await blocks()).toHaveLength(7);
    expect(await answers()).toEqual(fromEpochs);
    await database.rows('DELETE FROM training_progress_blocks WHERE job_id = $1 AND block % 3 = 1', [jobId]);
    expect(await blocks()).toHaveLength(5);
    expect(await answers()).toEqual(fromEpochs);
  });

  it('counts the rows that there are, should old ones have been removed', async () => {
    const jobId = await withEpochs(500);
    await platform.database.rows('DELETE FROM training_progress WHERE job_id = $1 AND current_epoch <= 100', [jobId]);
    for (const query of ['limit=10', 'maxPoints=20', 'maxPoints=20&method=lttb', 'maxPoints=400']) {
      const answer = await history(jobId, query);
      expect([query, answer.originalCount, answer.data[0]!.epoch]).toEqual([query, 400, 101]);
    }
  });

  it('says the same as CSV', async () => {
    const jobId = await withEpochs(4_321);
    await platform.database.rows(
      `UPDATE training_progress SET accuracy = loss / 3 WHERE job_id = $1 AND current_epoch % 2 = 0`,
      [jobId],
    );
    for (const [query, json] of [
      ['', 'limit=10000'],
      ['fromEpoch=2000&toEpoch=2002', 'fromEpoch=2000&toEpoch=2002'],
      ['series=accuracy&series=loss', 'series=loss&series=accuracy&limit=10000'],
      ['maxPoints=50', 'maxPoints=50'],
      ['maxPoints=50&method=lttb&series=accuracy', 'maxPoints=50&method=lttb&series=accuracy'],
    ] as const) {
      const csv = await asCsv(jobId, query);
      expect([csv.status, csv.headers.get('content-type'), csv.headers.get('vary')]).toEqual([
        ...[200, 'text/csv; charset=utf-8', expect.stringContaining('Accept')],
      ]);
      const [header, ...lines] = csv.text.split('\r\n');
      expect(lines.pop()).toBe('');
      const names = header!.split(',');
      const rows = lines.map((line) => {
        const cells = line.split(',').map((cell, place) => [names[place]!, cell] as const);
        const given = cells.filter(([, cell]) => cell !== '');
        return Object.fromEntries(given.map(([name, cell]) => [name, name === 'timestamp' ? cell : Number(cell)]));
      });
      expect(rows).toEqual((await history(jobId, json)).data);
    }
  });

  it('as CSV can be hung up on, asked for its head, and read to its end', async () => {
    const jobId = await newJob();
    await platform.database.rows(
      `INSERT INTO training_progress (job_id, current_epoch, tenant_id, attempt, loss, validation_loss, learning_rate,
         estimated_time_remaining)
       SELECT $1, epoch, 'default', 1, 1, 1, 1, 0 FROM generate_series(1, 300000) AS epoch`,
      [jobId],
    );
    const { client } = platform;
    const headers = { authorization: `Bearer ${testToken()}`, accept: 'text/csv' };
    const { port } = new URL(client.origin);
    const request = http.get({ port, path: BASE_PATH + pathOf(jobId), headers });
    request.on('error', () => {});
    const [response] = (await once(request, 'response')) as [http.IncomingMessage];
    await once(response, 'readable');
    response.destroy();
    const head = await client.raw('HEAD', pathOf(jobId), undefined, { accept: 'text/csv' });
    expect([head.status, head.text, head.headers.get('content-type')]).toEqual([200, '', 'text/csv; charset=utf-8']);
    expect((await asCsv(jobId)).text.split('\r\n')).toHaveLength(300_002);
  });

  describe('of several jobs', () => {
    const query = (body: unknown, as = platform.client) =>
      as.post<{ data: Record<string, unknown>[] }>('/progress/query', body);

    it('comes in the order that was asked for', async () => {
      const [long, short, none] = [await withEpochs(2_000), await withEpochs(20), await newJob()];
      const answer = await query({ jobIds: [short, long, none] });
      expect(answer.status).toBe(200);
      expect(answer.body.data).toMatchObject([
        { jobId: short, method: 'all', originalCount: 20 },
        { jobId: long, method: 'min_max', originalCount: 2_000, data: (await history(long, 'maxPoints=500')).data },
        { jobId: none, method: 'all', originalCount: 0, data: [] },
      ]);
      const asked = { series: ['accuracy', 'loss'], fromEpoch: 5, toEpoch: 1_000, maxPoints: 9, method: 'lttb' };
      const { body } = await query({ jobIds: [long], ...asked });
      const parameters = 'series=loss&series=accuracy&fromEpoch=5&toEpoch=1000&maxPoints=9&method=lttb';
      const { data, method, originalCount } = await history(long, parameters);
      expect(body.data).toEqual([{ jobId: long, data, method, originalCount }]);
    });

    it('needs jobs of the tenant', async () => {
      const jobId = await withEpochs(3);
      const stranger = platform.client.as(testToken({ tenant: 'other' }));
      expect(refusal(await query({ jobIds: [jobId] }, stranger))).toEqual([404, 'job_not_found']);
      expect(refusal(await query({ jobIds: [jobId, 'job_none'] }))).toEqual([404, 'job_not_found']);
    });

    it.each<[Record<string, unknown>, string, string]>([
      [{}, '/jobIds', 'required'],
      [{ jobIds: [] }, '/jobIds', 'wrong_length'],
      [{ jobIds: Array.from({ length: 21 }, (_, index) => `job_${index}`) }, '/jobIds', 'wrong_length'],
      [{ jobIds: ['a', 'a'] }, '/jobIds', 'duplicate_items'],
      [{ jobIds: ['a'], series: [] }, '/series', 'wrong_length'],
      [{ jobIds: ['a'], series: ['lossy'] }, '/series', 'not_allowed_value'],
      [{ jobIds: ['a'], maxPoints: 1 }, '/maxPoints', 'out_of_range'],
      [{ jobIds: ['a'], fromEpoch: 5, toEpoch: 4 }, '/toEpoch', 'out_of_range'],
    ])('is refused for %j', async (body, pointer, code) => {
      const answer = await query(body);
      expect(refusal(answer)).toEqual([400, 'validation_failed']);
      expect(errorsOf(answer)).toEqual([expect.objectContaining({ pointer, code })]);
    });
  });

  const errorsOf = (answer: Answer<unknown>) => (answer.body as ProblemAnswer).errors;

  it.each([
    ['limit=0', '/limit', 'out_of_range'],
    ['limit=10001', '/limit', 'out_of_range'],
    ['maxPoints=1', '/maxPoints', 'out_of_range'],
    ['maxPoints=10001', '/maxPoints', 'out_of_range'],
    ['maxPoints=5&limit=5', '/limit', 'not_allowed_value'],
    ['maxPoints=5&cursor=x', '/cursor', 'not_allowed_value'],
    ['method=lttb', '/method', 'not_allowed_value'],
    ['maxPoints=5&method=average', '/method', 'not_allowed_value'],
    ['series=f1Score', '/series', 'not_allowed_value'],
    ['fromEpoch=0', '/fromEpoch', 'out_of_range'],
    ['toEpoch=1.5', '/toEpoch', 'wrong_type'],
    ['fromEpoch=8&toEpoch=7', '/toEpoch', 'out_of_range'],
  ])('is refused for %s', async (query, pointer, code) => {
    const answer = await platform.client.get(pathOf(await newJob(), query));
    expect(refusal(answer)).toEqual([400, 'validation_failed']);
    expect(errorsOf(answer)).toEqual([expect.objectContaining({ pointer, code })]);
  });

  it('has no pages as CSV', async () => {
    const jobId = await newJob();
    for (const query of ['limit=5', 'cursor=x']) {
      expect(refusal(await asCsv(jobId, query))).toEqual([400, 'validation_failed']);
    }
  });

  it('takes a cursor for the range and the series that it was made for alone', async () => {
    const [jobId, other] = [await withEpochs(20), await withEpochs(20)];
    const { nextCursor } = await history(jobId, 'limit=5&series=loss&fromEpoch=2');
    expect(epochsOf(await history(jobId, `cursor=${nextCursor}&series=loss&fromEpoch=2`))).toEqual(oneTo(20, 7));
    for (const [id, query] of [
      [jobId, 'series=loss'],
      [jobId, 'fromEpoch=2'],
      [jobId, 'series=loss&fromEpoch=2&toEpoch=9'],
      [other, 'series=loss&fromEpoch=2'],
    ] as const) {
      const answer = await platform.client.get(pathOf(id, `${query}&cursor=${nextCursor}`));
      expect(refusal(answer)).toEqual([400, 'invalid_cursor']);
    }
  });

  it('is not there for another tenant, and not in another form', async () => {
    const jobId = await withEpochs(3);
    const stranger = platform.client.as(testToken({ tenant: 'other' }));
    for (const accept of ['*/*', 'text/csv']) {
      const answer = await stranger.raw('GET', pathOf(jobId), undefined, { accept });
      expect(refusal(answer)).toEqual([404, 'job_not_found']);
    }
    expect(refusal(await platform.client.get(pathOf('no job')))).toEqual([404, 'job_not_found']);
    const image = await platform.client.raw('GET', pathOf(jobId), undefined, { accept: 'image/png' });
    expect(refusal(image)).toEqual([406, 'not_acceptable']);
  });
});
