import fc from 'fast-check';
import { follow } from './protocol/course.js';
import { KNOWN_COURSES } from './protocol/known-courses.js';
import { Observer } from './protocol/observer.js';
import {
  brokenEvents,
  brokenStatuses,
  type Machine,
  MACHINES,
  transitionsIn,
  transitionsOf,
  walkThrough,
} from './protocol/status-rules.js';
import { oneByOne, type Course } from './protocol/step.js';
import { World } from './protocol/world.js';

/** Courses, and the milliseconds after which a busy machine has done enough of them; shrinking included. */
const EXTENT = { numRuns: 30, interruptAfterTimeLimit: 40_000 };

/** Ways that no statement goes yet: versions are neither deployed nor restored. */
const NOT_YET: Partial<Record<Machine, string[]>> = {
  model_versions: transitionsOf('model_versions').filter((way) => !way.startsWith('training')),
};

describe('the state machines, as the SQL drives them,', () => {
  let world: World;
  let observer: Observer;
  const gone = new Set<string>();

  beforeAll(async () => {
    world = await World.create();
    observer = await Observer.of(world.database);
  });
  afterAll(() => world.end());

  const look = async () => {
    const changes = await observer.look();
    for (const machine of Object.keys(MACHINES) as Machine[]) {
      for (const way of transitionsIn(changes, machine)) gone.add(`${machine}: ${way}`);
    }
    return [...brokenStatuses(changes), ...brokenEvents(changes)];
  };

  const holdsOf = (course: Course) =>
    world.during(async () => {
      await world.reset();
      await observer.look();
      await follow(world, course, look);
    });

  it('change as their tables allow, and tell of each change of a job (property)', async () => {
    await fc.assert(fc.asyncProperty(oneByOne, holdsOf), EXTENT);
  });

  it('go every way that their tables have', async () => {
    for (const course of Object.values(KNOWN_COURSES)) await holdsOf(course);
    for (const machine of Object.keys(MACHINES) as Machine[]) {
      const ways = transitionsOf(machine).filter((way) => !NOT_YET[machine]?.includes(way));
      expect(ways.filter((way) => !gone.has(`${machine}: ${way}`))).toEqual([]);
    }
  });
});

describe('the tables of the state machines', () => {
  const every = (machine: Machine, holds: (walk: string[]) => boolean) =>
    fc.assert(fc.property(walkThrough(machine), holds));

  it('let no job come back to a status, nor go on once it has ended (property)', () => {
    every('training_jobs', (walk) => new Set(walk).size === walk.length && walk.length <= 3);
  });

  it('let a dataset be processed again after an error alone, and never once it is ready (property)', () => {
    every('training_datasets', (walk) =>
      walk.every((status, index) => {
        if (status === 'ready') return index === walk.length - 1;
        return status !== 'processing' || ['uploading', 'error'].includes(walk[index - 1]!);
      }),
    );
  });

  it('let no version go back to training, nor be deployed that was not ready (property)', () => {
    every('model_versions', (walk) =>
      walk.every((status, index) => {
        if (status === 'training') return index === 0;
        return status !== 'deployed' || walk[index - 1] === 'ready';
      }),
    );
  });
});
