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
import { PeakMemory } from './harness/peak-memory.js';
import { withServers } from './harness/with-servers.js';

/**
 * `npm run bench -- upload [mebibytes]`: a csv of a gibibyte goes in and is looked into; how long it takes beside writing and
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

/** Seconds, and what came of it. */
async function timed<T>(work: () => Promise<T>): Promise<[number, T]> {
  const begun = performance.now();
  const result = await work();
  return [(performance.now() - begun) / 1_000, result];
}

const file = path.join(process.cwd(), '.cache', 'bench-upload.csv');
const copy = `${file}.copy`;
const PROCESSING_MS = 1_800_000;

/** Reads, hashes, writes and flushes, as an upload does, without anything around it. */
async function copied(): Promise<string> {
  const hash = createHash('sha256');
  const hashing = new PassThrough().on('data', (chunk: Buffer) => hash.update(chunk));
  await pipeline(createReadStream(file), hashing, createWriteStream(copy, { flush: true }));
  return hash.digest('hex');
}

async function measure(platform: TestPlatform, peaks: PeakMemory): Promise<void> {
  const [alone, sha256] = await timed(copied);
  const { client } = platform;
  const id = await declared(client, { targetColumn: 'segment', name: 'A gibibyte' });
  peaks.watch('API', platform.apis[0]!.pid);
  peaks.watch('worker', platform.workers[0]!.pid);
  const idle = new Map(peaks.all);
  const [uploading] = await timed(() => send(client.origin, id));
  const [processing, dataset] = await timed(() => settled(client, id, PROCESSING_MS));
  if (dataset.status !== 'ready') throw new Error(`The dataset ended as ${JSON.stringify(dataset.error)}`);
  if (dataset.content!.sha256 !== sha256) throw new Error('Other bytes were stored than were sent');
  const told = (seconds: number) => `${seconds.toFixed(1)} s, ${(seconds / alone).toFixed(2)} times that`;
  console.log(`${MEBIBYTES} MiB, ${dataset.size} rows`);
  console.log(`hashed and written by Node.js alone  ${alone.toFixed(1)} s`);
  console.log(`uploaded                             ${told(uploading)}`);
  console.log(`processed                            ${told(processing)}`);
  for (const [name, mebibytes] of peaks.all) {
    const before = idle.has(name) ? `, ${idle.get(name)} MiB before` : '';
    console.log(`peak memory of the ${name.padEnd(20)}${mebibytes} MiB${before}`);
  }
}

await withServers(async () => {
  const platform = await TestPlatform.start({ environment: { LEASE_MS: '30000' } });
  const peaks = new PeakMemory();
  try {
    await pipeline(Readable.from(csv(MEBIBYTES * 1_048_576)), createWriteStream(file));
    await measure(platform, peaks);
  } finally {
    peaks.stop();
    await platform.stop();
    await Promise.all([file, copy].map((name) => rm(name, { force: true })));
  }
});

function send(origin: string, id: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = http.request(`${origin}${BASE_PATH}/datasets/${id}/content`, {
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
