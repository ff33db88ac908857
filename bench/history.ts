import { ThinningMethod } from '../src/modules/progress/history/history.js';
import { datasetRow, jobRow } from '../test/factories/row.factory.js';
import { BASE_PATH, testToken } from '../test/support/client.js';
import { TestPlatform } from '../test/support/platform.js';
import { median } from './harness/median.js';
import { PeakMemory } from './harness/peak-memory.js';
import { withServers } from './harness/with-servers.js';

/**
 * `npm run bench -- history [epochs] [rounds]`: one job of a million epochs, asked for in every way. Held against reading
 * the same rows once in SQL for no more than their number, least and greatest values, and against fetching them all and
 * thinning them out in the process.
 */
const EPOCHS = Number(process.argv[2] ?? 1_000_000);
const ROUNDS = Number(process.argv[3] ?? 7);
const POINTS = 1_000;
const PAGE = 1_000;
const DEEP = Math.floor(EPOCHS * 0.9);

interface Row {
  epoch: number;
  loss: number;
  validationLoss: number;
}

/** A curve that falls, with noise on it. */
const INSERT = `
  INSERT INTO training_progress (job_id, current_epoch, tenant_id, attempt, loss, validation_loss, accuracy,
    learning_rate, estimated_time_remaining)
  SELECT $1, epoch, 'default', 1, 1 / sqrt(epoch) + random() / 100, 1.2 / sqrt(epoch) + random() / 50,
    1 - 1 / sqrt(epoch) + random() / 100, 0.001, 0 FROM generate_series(1, $2::integer) AS epoch`;

/** What both ways of thinning cannot do without. */
const KNOWN = `
  SELECT count(*), min(loss), max(loss), min(validation_loss), max(validation_loss)
  FROM training_progress WHERE tenant_id = 'default' AND job_id = $1`;

const WHOLE = `
  SELECT current_epoch AS epoch, loss, validation_loss AS "validationLoss", accuracy, learning_rate AS "learningRate",
    attempt, timestamp
  FROM training_progress WHERE tenant_id = 'default' AND job_id = $1 ORDER BY current_epoch`;

/** min_max as it would be without the database's help. */
function thinned(rows: readonly Row[]): Row[] {
  const count = Math.floor(POINTS / 6);
  const kept = new Set<Row>();
  for (let bucket = 0; bucket < count; bucket++) {
    const part = rows.slice(Math.ceil((bucket * EPOCHS) / count), Math.ceil(((bucket + 1) * EPOCHS) / count));
    const extremes = [part[0]!, part[0]!, part[0]!, part[0]!];
    for (const row of part) {
      if (row.loss < extremes[0]!.loss) extremes[0] = row;
      if (row.loss > extremes[1]!.loss) extremes[1] = row;
      if (row.validationLoss < extremes[2]!.validationLoss) extremes[2] = row;
      if (row.validationLoss > extremes[3]!.validationLoss) extremes[3] = row;
    }
    for (const row of [part[0]!, part.at(-1)!, ...extremes]) kept.add(row);
  }
  return [...kept].toSorted((a, b) => a.epoch - b.epoch);
}

async function measure(platform: TestPlatform, peaks: PeakMemory): Promise<void> {
  const { database, client } = platform;
  const jobId = await jobRow(database, await datasetRow(database));
  await database.rows(INSERT, [jobId, EPOCHS]);
  await database.rows('VACUUM ANALYZE training_progress');
  peaks.watch('API', platform.apis[0]!.pid);
  const idle = peaks.all.get('API');
  const path = `/jobs/${jobId}/progress/history`;
  const get = async (query: string) => {
    const answer = await client.get<{ data: Row[]; nextCursor?: string }>(`${path}?${query}`);
    if (answer.status !== 200) throw new Error(`${query} was answered ${answer.status}: ${answer.text}`);
    return answer.body;
  };
  const epochsOf = (rows: readonly Row[]) => rows.map(({ epoch }) => epoch).join();
  const inProcess = epochsOf(thinned(await database.rows<Row & Record<string, unknown>>(WHOLE, [jobId])));
  if (epochsOf((await get(`maxPoints=${POINTS}`)).data) !== inProcess) throw new Error('Other points were chosen');
  const once = peaks.all.get('API');
  let cursor = '';
  for (let read = 0; read < DEEP; read += PAGE) {
    cursor = `&cursor=${(await get(`limit=${Math.min(PAGE, DEEP - read)}${cursor}`)).nextCursor}`;
  }

  const ways: Record<string, () => Promise<unknown>> = {
    'count, min and max in SQL': () => database.rows(KNOWN, [jobId]),
    'min_max by the API': () => get(`maxPoints=${POINTS}`),
    'lttb by the API': () => get(`maxPoints=${POINTS}&method=${ThinningMethod.Lttb}`),
    'fetched whole and thinned': async () =>
      thinned(await database.rows<Row & Record<string, unknown>>(WHOLE, [jobId])),
    'first page of 1,000': () => get(`limit=${PAGE}`),
    [`page of 1,000 after ${DEEP}`]: () => get(`limit=${PAGE}${cursor}`),
  };
  const times = new Map(Object.keys(ways).map((name) => [name, [] as number[]]));
  const before = peaks.all.get('API');
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, way] of Object.entries(ways)) {
      const begun = performance.now();
      await way();
      times.get(name)!.push(performance.now() - begun);
    }
  }
  const thinning = peaks.all.get('API');
  const begun = performance.now();
  const bytes = await sizeOfCsv(client.origin, path);
  const seconds = (performance.now() - begun) / 1_000;

  const known = median(times.get('count, min and max in SQL')!);
  console.log(`${EPOCHS} epochs, medians of ${ROUNDS} interleaved rounds`);
  for (const [name, all] of times) {
    const ms = median(all);
    console.log(`${name.padEnd(30)}${ms.toFixed(1).padStart(9)} ms  ${(ms / known).toFixed(2)} times the first`);
  }
  console.log(`all as CSV: ${(bytes / 1_048_576).toFixed(1)} MiB in ${seconds.toFixed(1)} s`);
  console.log(
    `peak memory of the API: ${idle} MiB idle, ${once} after thinning once, ${before} after paging, ${thinning} after the rounds, ${peaks.all.get('API')} after CSV`,
  );
}

async function sizeOfCsv(origin: string, path: string): Promise<number> {
  const headers = { authorization: `Bearer ${testToken()}`, accept: 'text/csv' };
  const response = await fetch(origin + BASE_PATH + path, { headers });
  let bytes = 0;
  for await (const chunk of response.body!) bytes += (chunk as Uint8Array).length;
  return bytes;
}

await withServers(async () => {
  const platform = await TestPlatform.start({ workers: 0 });
  const peaks = new PeakMemory();
  try {
    await measure(platform, peaks);
  } finally {
    peaks.stop();
    await platform.stop();
  }
});
