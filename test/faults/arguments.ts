import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { BACKENDS, type Backend, type Settings } from './settings.js';

/** Enough for each kind of fault once, in less than two minutes. */
const SHORT = { jobs: 60, faults: 22, minutes: 2 };
const USUAL = { jobs: 200, faults: 50, minutes: 4 };

function whole(name: string, text: string | undefined, otherwise: number): number {
  const value = text === undefined ? otherwise : Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`--${name} takes a whole number, not ${text}`);
  return value;
}

/** The command line as the runs it asks for: one for each backend, all with the same seed. */
export function parseCommandLine(line: readonly string[]): { seed: number; runs: Settings[]; only: string[] } {
  const { values } = parseArgs({
    args: [...line],
    options: {
      seed: { type: 'string' },
      backend: { type: 'string' },
      jobs: { type: 'string' },
      faults: { type: 'string' },
      minutes: { type: 'string' },
      short: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
    },
  });
  const form = values.short ? SHORT : USUAL;
  const seed = whole('seed', values.seed, randomInt(1, 1_000_000));
  const backends = values.backend === undefined ? BACKENDS : BACKENDS.filter((name) => name === values.backend);
  if (backends.length === 0) throw new Error(`--backend is one of ${BACKENDS.join(', ')}`);
  const run = (backend: Backend): Settings => ({
    seed,
    backend,
    jobs: whole('jobs', values.jobs, form.jobs),
    faults: whole('faults', values.faults, form.faults),
    minutes: whole('minutes', values.minutes, form.minutes),
  });
  return { seed, runs: backends.map(run), only: values.only };
}
