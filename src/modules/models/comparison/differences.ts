import { isDeepStrictEqual } from 'node:util';
import { flattened } from '../flat-settings.js';
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
