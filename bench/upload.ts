import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { BASE_PATH, testToken } from '../test/support/client.js';
import { TestPlatform } from '../test/support/platform.js';
import { declared, settled } from '../test/support/uploads.js';
import { PeakMemory } from './peak-memory.js';

/**
 * `npm run bench:upload [mebibytes]`: a csv of a gibibyte goes in and is looked into; how long it takes beside writing and
 * hashing the same bytes with Node.js alone, and what memory each process came to.
 */
const MEBIBYTES = Number(process.argv[2] ?? 1_024);
const ROW_BLOCK = 20_000;

function* csv(bytes: number): Generator<Buffer> {
  yield Buffer.from('id,age,income,city,score,segment\n');
  let state = 42;
  const next = () => (state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32);
  for (let sent = 0, id = 0; sent < bytes;) {
    let block = '';
    for (let row = 0; row < ROW_BLOCK; row++) {
      const draw = next();
      block += `${id++},${18 + (draw % 70)},${(draw % 90_000) / 7},city_${draw % 997},${next() / 2 ** 32},s${next() % 5}\n`;
    }
    sent += block.length;
    yield Buffer.from(block);
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1_000;
}

const file = path.join(process.cwd(), '.cache', 'bench-upload.csv');
const copy = `${file}.copy`;
const platform = await TestPlatform.start({ environment: { LEASE_MS: '30000', NODE_ENV: 'test' } });
const peaks = new PeakMemory();
try {
  await pipeline(Readable.from(csv(MEBIBYTES * 1_048_576)), createWriteStream(file));
  const hash = createHash('sha256');
  const baseline = await timed(() => {
    const hashing = new PassThrough().on('data', (chunk: Buffer) => hash.update(chunk));
    return pipeline(createReadStream(file), hashing, createWriteStream(copy, { flush: true }));
  });
  const id = await declared(platform.client, { targetColumn: 'segment', name: 'A gibibyte' });
  peaks.watch('api', platform.apis[0]!.pid);
  peaks.watch('worker', platform.workers[0]!.pid);
  const upload = await timed(() => send(id));
  const processing = await timed(() => settled(platform.client, id));
  peaks.stop();
  const dataset = await settled(platform.client, id);
  if (dataset.status !== 'ready') throw new Error(`The dataset ended as ${JSON.stringify(dataset.error)}`);
  if (dataset.content!.sha256 !== hash.digest('hex')) throw new Error('Other bytes were stored than were sent');
  console.log(`${MEBIBYTES} MiB, ${dataset.size} rows`);
  console.log(`write and hash, Node.js alone   ${baseline.toFixed(1)} s`);
  console.log(`upload                          ${upload.toFixed(1)} s, ${(upload / baseline).toFixed(2)} times that`);
  console.log(
    `processing                      ${processing.toFixed(1)} s, ${(processing / baseline).toFixed(2)} times that`,
  );
  for (const [name, mebibytes] of peaks.all) console.log(`peak memory of the ${name.padEnd(12)} ${mebibytes} MiB`);
} finally {
  peaks.stop();
  await platform.stop();
  await Promise.all([file, copy].map((name) => rm(name, { force: true })));
}

function send(id: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = http.request(`${platform.client.origin}${BASE_PATH}/datasets/${id}/content`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${testToken()}` },
    });
    request.once('error', reject);
    request.once('response', (response) => {
      response.resume();
      if (response.statusCode === 202) response.once('end', resolve);
      else reject(new Error(`The upload was answered ${response.statusCode}`));
    });
    createReadStream(file, { highWaterMark: 1_048_576 }).pipe(request);
  });
}
