import fc from 'fast-check';
import { settleEverything } from './protocol/aftermath.js';
import { brokenChanges } from './protocol/change-rules.js';
import { follow } from './protocol/course.js';
import { KNOWN_COURSES } from './protocol/known-courses.js';
import { Observer } from './protocol/observer.js';
import { brokenStates, overQuota } from './protocol/state-rules.js';
import { competing, type Course } from './protocol/step.js';
import { stranded } from './protocol/stranded.js';
import { World } from './protocol/world.js';

/** Courses, and the milliseconds after which a busy machine has done enough of them; shrinking included. */
const EXTENT = { numRuns: 50, interruptAfterTimeLimit: 40_000 };

describe.each([
  ['the training protocol', 1_000, {}],
  ['the training protocol, with one run of a tenant at a time,', 1, { QUOTA_RUNNING_JOBS: '1' }],
  [
    'the training protocol, with two runs of this tenant at a time,',
    2,
    { TENANT_QUOTAS: `{"default":{"runningJobs":2}}` },
  ],
])('%s', (_, most, variables) => {
  let world: World;
  let observer: Observer;

  beforeAll(async () => {
    world = await World.create(variables);
    observer = await Observer.of(world.database);
  });
  afterAll(() => world.end());

  const look = async () => {
    const { database } = world;
    const [changes, ...broken] = await Promise.all([observer.look(), brokenStates(database), stranded(database)]);
    return [...brokenChanges(changes), ...broken.flat(), ...(await overQuota(database, most))];
  };

  const holdsOf = (course: Course) =>
    world.during(async () => {
      await world.reset();
      await observer.look();
      await follow(world, course, look);
      await settleEverything(world);
      expect(await look()).toEqual([]);
    });

  it.each(Object.entries(KNOWN_COURSES))('holds when %s', (_name, course) => holdsOf(course));

  it('holds under any interleaving of clients, workers, time and reconcilers (property)', async () => {
    await fc.assert(fc.asyncProperty(competing, holdsOf), EXTENT);
  });
});
