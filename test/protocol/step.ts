import fc from 'fast-check';

/** What may happen to the platform, and how often of each other. */
const WEIGHTS = {
  // Clients
  ...{ start: 3, pause: 3, resume: 8, cancel: 1, 'retry-of': 5 },
  // Workers
  ...{ claim: 14, epoch: 22, heartbeat: 4, saving: 2, complete: 3 },
  ...{ release: 5, retry: 4, fail: 1, 'end-cancelled': 3, deliver: 8 },
  // Time, and what a reconciler makes of it
  ...{ 'lease-expires': 6, 'backoff-passes': 6, 'deadline-passes': 1 },
  ...{ 'declare-lost': 5, 'end-orphaned-cancels': 2, 'end-orphaned-pauses': 2, 'end-overdue': 2 },
  ...{ 'wake-waiting': 1, 'fail-waiting': 1, dispatch: 6, redeliver: 3, 'queue-forgets': 1 },
  // The dataset that is not ready yet
  ...{
    'dataset-claim': 3,
    'dataset-settle': 3,
    'dataset-release': 1,
    'dataset-lease-expires': 1,
    'dataset-recover': 1,
  },
  ...{ 'dataset-mend': 1, 'dataset-upload': 1 },
};

export type Name = keyof typeof WEIGHTS;

/** One command. What does not concern it is left unread. */
export interface Step {
  name: Name;
  job: number;
  /** Of the attempts at the job the one that acts, where there were so many: 0 the newest; the others have lost it. */
  age: number;
  worker: number;
  /** The other way: an old generation, an epoch that is not the next, a delivery that stays in the queue, … */
  odd: boolean;
}

/** Steps that are taken one after another; those in a group at once, each over a connection of its own. */
export type Course = (Step | Step[])[];

const names = Object.entries(WEIGHTS).map(([name, weight]) => ({ weight, arbitrary: fc.constant(name as Name) }));
const often = <T>(usual: T, ...others: T[]) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) });

/** A step by its name. Printed as it is written, to be taken over into a course by hand. */
export function take(name: Name, overrides: Partial<Omit<Step, 'name'>> = {}): Step {
  const step = { name, job: 0, age: 0, worker: 0, odd: false, ...overrides };
  const set = Object.entries(overrides).filter(([, value]) => Boolean(value));
  const others = set.map(([key, value]) => `${key}: ${value}`).join(', ');
  const value = () => (others ? `take('${name}', { ${others} })` : `take('${name}')`);
  return Object.defineProperty(step, fc.toStringMethod, { value });
}

const step: fc.Arbitrary<Step> = fc
  .record({
    name: fc.oneof(...names),
    job: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: fc.nat({ max: 5 }) }),
    age: often(0, 1, 2),
    worker: fc.nat({ max: 2 }),
    odd: often(false, true),
  })
  .map(({ name, ...others }) => take(name, others));

const LENGTH = { minLength: 1, maxLength: 60, size: 'max' } as const;

/** A platform at work: there is a run to fight over, and another waits. */
const OPENING: Course = [take('start'), take('claim'), take('start', { job: 1 }), take('start', { job: 2 })];
const opened = (course: Course): Course => [...OPENING, ...course];

export const oneByOne: fc.Arbitrary<Course> = fc.array(step, LENGTH).map(opened);

/** Groups mostly fight over one job: rivals on different rows never meet. */
const group = fc.tuple(fc.array(step, { minLength: 2, maxLength: 3 }), fc.boolean()).map(([steps, scattered]) => {
  const [{ job }] = steps as [Step];
  return scattered ? steps : steps.map(({ name, ...others }) => take(name, { ...others, job }));
});

export const competing: fc.Arbitrary<Course> = fc
  .array(fc.oneof({ weight: 2, arbitrary: step }, { weight: 1, arbitrary: group }), LENGTH)
  .map(opened);
