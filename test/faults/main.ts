import { type Bed, RedisMissingError } from './bed/bed.js';
import { parseCommandLine } from './arguments.js';
import { hasFailed, print } from './report.js';
import { run } from './run.js';
import type { Settings } from './settings.js';

/** `npm run test:faults`: a platform under load is struck by faults, and afterwards nothing may be lost or doubled. */
const { seed, runs, only } = parseCommandLine(process.argv.slice(2));
console.log(`seed ${seed}`);

const beds = new Set<Bed>();

async function clearAll(): Promise<void> {
  for (const bed of beds) {
    beds.delete(bed);
    await bed.clear();
  }
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => void clearAll().finally(() => process.exit(130)));
}

async function runOne(settings: Settings): Promise<boolean> {
  const { backend, jobs, faults } = settings;
  console.log(`\n${backend}: ${jobs} jobs, ${faults} faults`);
  try {
    const outcome = await run(settings, only, (bed) => beds.add(bed));
    print(outcome);
    return !hasFailed(outcome);
  } catch (error) {
    if (error instanceof RedisMissingError && process.env.CI !== 'true') {
      console.log(`left out: ${error.message}`);
      return true;
    }
    console.error(error);
    return false;
  } finally {
    await clearAll();
  }
}

let passed = true;
for (const settings of runs) passed = (await runOne(settings)) && passed;
process.exit(passed ? 0 : 1);
