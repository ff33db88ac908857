import fc from 'fast-check';
import { DATASET_TRANSITIONS } from '../../src/modules/datasets/dataset-state.js';
import { JOB_TRANSITIONS } from '../../src/modules/jobs/job-state.js';
import { VERSION_TRANSITIONS } from '../../src/modules/models/version-state.js';
import type { Changes } from './observer.js';

/** Each machine by the table that holds its rows. */
export const MACHINES = {
  training_datasets: DATASET_TRANSITIONS,
  training_jobs: JOB_TRANSITIONS,
  model_versions: VERSION_TRANSITIONS,
};

export type Machine = keyof typeof MACHINES;

/** Every change from one status to another, as `running → failed`. */
export function transitionsIn(changes: Changes, machine: Machine): string[] {
  return changes[machine].flatMap(({ before, after }) =>
    before !== null && before.status !== after.status ? [`${before.status} → ${after.status}`] : [],
  );
}

/** Every change that a machine's table allows. */
export function transitionsOf(machine: Machine): string[] {
  const table = Object.entries<readonly string[]>(MACHINES[machine]);
  return table.flatMap(([from, successors]) => successors.map((to) => `${from} → ${to}`));
}

/** Any way through a machine from its first status on, as far as chance or its end takes it. */
export function walkThrough(machine: Machine): fc.Arbitrary<string[]> {
  const table: Readonly<Record<string, readonly string[]>> = MACHINES[machine];
  const first = Object.keys(table).slice(0, 1);
  return fc.array(fc.nat(), { maxLength: 12, size: 'max' }).map((turns) =>
    turns.reduce((walk, turn) => {
      const successors = table[walk.at(-1)!]!;
      return successors.length > 0 ? [...walk, successors[turn % successors.length]!] : walk;
    }, first),
  );
}

/** What the statements did that the tables do not allow. */
export function brokenStatuses(changes: Changes): string[] {
  return (Object.keys(MACHINES) as Machine[]).flatMap((machine) => {
    const allowed = transitionsOf(machine);
    return transitionsIn(changes, machine)
      .filter((transition) => !allowed.includes(transition))
      .map((transition) => `${machine}: ${transition}`);
  });
}

/** Changes of a job's status, phase or attempt that its events do not tell of, and events that tell of none. */
export function brokenEvents({ training_jobs: jobs, job_events: events }: Changes): string[] {
  const told = new Map(events.map(({ after }) => [`${after.job_id} ${after.number}`, after]));
  return jobs.flatMap(({ before, after }) => {
    const facts = (row: { status: string; phase: string; attempt: number }) =>
      `${row.status}, ${row.phase}, attempt ${row.attempt}`;
    const changed = before === null || facts(before) !== facts(after);
    const expected = (before?.events ?? 0) + Number(changed);
    const event = told.get(`${after.id} ${after.events}`);
    if (after.events !== expected) return [`${after.id}: ${after.events} events, not ${expected}`];
    if (changed && (!event || facts(event) !== facts(after))) return [`${after.id}: no event for ${facts(after)}`];
    return before && after.attempt < before.attempt
      ? [`${after.id}: attempt ${after.attempt} after ${before.attempt}`]
      : [];
  });
}
