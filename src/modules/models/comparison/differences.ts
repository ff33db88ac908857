import { isDeepStrictEqual } from 'node:util';
import type { Subject } from './subject.js';

/** By the name of a setting, nested ones with dots between: its value in each subject, null where it has none. */
export type Differences = Record<string, unknown[]>;

/** Settings that are not the same in all subjects, by name. */
export function differencesOf(settings: readonly (Readonly<Record<string, unknown>> | null)[]): Differences {
  const flat = settings.map((entry) => flattened(entry ?? {}));
  const names = [...new Set(flat.flatMap((entry) => [...entry.keys()]))].toSorted();
  const values = names.map((name) => [name, flat.map((entry) => entry.get(name) ?? null)] as const);
  return Object.fromEntries(
    values.filter(([, [first, ...others]]) => !others.every((value) => isDeepStrictEqual(value, first))),
  );
}

/** Lists are values as a whole, and so are empty objects. */
function flattened(entry: object, prefix = ''): Map<string, unknown> {
  const flat = new Map<string, unknown>();
  for (const [step, value] of Object.entries(entry) as [string, unknown][]) {
    const name = prefix + step;
    if (isParent(value)) for (const [key, inner] of flattened(value, `${name}.`)) flat.set(key, inner);
    else flat.set(name, value);
  }
  return flat;
}

function isParent(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;
}

/** All that sets the subjects apart, by what it is a part of. */
export function allDifferences(subjects: readonly Subject[]) {
  return {
    hyperparameters: differencesOf(subjects.map(({ hyperparameters }) => hyperparameters)),
    configuration: differencesOf(subjects.map(({ configuration }) => configuration)),
    data: differencesOf(subjects.map(({ dataset: { id, ...rest } }) => ({ datasetId: id, ...rest }))),
    // The seed that the run has, whether it was asked for or derived.
    simulation: differencesOf(subjects.map(({ simulation, seed }) => ({ ...simulation, seed }))),
  };
}
