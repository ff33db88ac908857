import { besidePlatform } from './bare/beside-platform.js';
import { NEST, type Started } from './bare/subjects.js';
import { benchmark } from './harness/benchmark.js';
import { interleave, type Subject } from './harness/interleave.js';

const toReady =
  (start: () => Promise<Started>): Subject =>
  async () => {
    const begun = performance.now();
    const started = await start();
    const took = performance.now() - begun;
    await started.stop();
    return took;
  };

/** `npm run bench -- startup`: from the start of a process until it says that it is ready. */
await benchmark('startup', ({ rounds, report }) =>
  besidePlatform(async (kinds) => {
    const subjects = Object.fromEntries(Object.entries(kinds).map(([name, start]) => [name, toReady(start)]));
    report.table('From start to ready', 'ms', NEST, await interleave(rounds, subjects));
  }),
);
