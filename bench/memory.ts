import { setTimeout as wait } from 'node:timers/promises';
import { besidePlatform } from './bare/beside-platform.js';
import { NEST, type Started } from './bare/subjects.js';
import { benchmark } from './harness/benchmark.js';
import { interleave, type Subject } from './harness/interleave.js';
import { median } from './harness/median.js';
import { privateMebibytes, residentMebibytes } from './harness/processes.js';
import { tellUnderLoad } from './memory/under-load.js';

const LOOK_MS = 250;
const LOOKS = 4;
const LONGEST_MS = 15_000;

/** Once it has not moved by more than a mebibyte for a second. */
async function settled(pid: number): Promise<number> {
  const seen: number[] = [];
  for (const begun = performance.now(); performance.now() - begun < LONGEST_MS; await wait(LOOK_MS)) {
    seen.push(residentMebibytes(pid));
    const last = seen.slice(-LOOKS);
    if (last.length === LOOKS && Math.max(...last) - Math.min(...last) <= 1) break;
  }
  return seen.at(-1)!;
}

const atRest =
  (start: () => Promise<Started>, ofItsOwn: number[]): Subject =>
  async () => {
    const started = await start();
    try {
      const resident = await settled(started.pid);
      ofItsOwn.push(privateMebibytes(started.pid));
      return resident;
    } finally {
      await started.stop();
    }
  };

/** `npm run bench -- memory`: resident memory of processes that are ready and have nothing to do, a start a round, and of busy ones. */
await benchmark('memory', async ({ rounds, report }) => {
  await besidePlatform(async (kinds) => {
    const ofTheirOwn: Record<string, number[]> = Object.fromEntries(Object.keys(kinds).map((name) => [name, []]));
    const subjects = Object.fromEntries(
      Object.entries(kinds).map(([name, start]) => [name, atRest(start, ofTheirOwn[name]!)]),
    );
    const samples = await interleave(rounds, subjects);
    report.table('Resident memory at rest', 'MiB', NEST, samples);
    // The first round is not counted.
    const counted = Object.fromEntries(Object.entries(ofTheirOwn).map(([name, values]) => [name, values.slice(1)]));
    report.table('What of it no other process shares', 'MiB', NEST, counted);
    for (const [name, values] of Object.entries(samples)) {
      if (name.startsWith('API')) report.target(`${name} at rest, MiB`, median(values), { atMost: 143 });
      if (name.startsWith('worker')) report.target(`${name} at rest, MiB`, median(values), { atMost: 123 });
    }
    report.note('143 and 123 MiB are 150 and 130 MB. Production settings, with the API documentation switched on.');
  });
  await tellUnderLoad(report, rounds);
});
