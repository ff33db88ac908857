import fc from 'fast-check';
import { ACTIONS } from './actions.js';
import { Moment } from './moment.js';
import type { Course, Step } from './step.js';
import type { World } from './world.js';

async function takeAlone(moment: Moment, step: Step): Promise<void> {
  const expected = moment.isAllowed(step);
  const outcome = await ACTIONS[step.name](moment, step);
  if (outcome === null || expected === undefined || outcome === expected) return;
  throw new Error(
    `${outcome ? 'Let through' : 'Refused'}: ${fc.stringify(step)} of ${JSON.stringify(moment.job(step))}`,
  );
}

function settled<T>(result: PromiseSettledResult<T>): T {
  if (result.status === 'rejected') throw result.reason;
  return result.value;
}

/** Who comes first is open, but not what becomes of those who lost the run before. */
async function takeAtOnce(moment: Moment, steps: readonly Step[]): Promise<void> {
  const stale = steps.map((step) => moment.isStale(step));
  const all = await Promise.allSettled(steps.map((step) => ACTIONS[step.name](moment, step)));
  // Only now: a step that is still under way would reach into the next.
  const outcomes = all.map(settled);
  const wrong = steps.filter((_, index) => stale[index] && outcomes[index]);
  if (wrong.length > 0) throw new Error(`Let through, and stale: ${fc.stringify(wrong)}`);
}

/** Takes the steps one after another, and looks for what must not be after each; throws at the first that it finds. */
export async function follow(world: World, course: Course, look: () => Promise<string[]>): Promise<void> {
  for (const next of course) {
    const moment = new Moment(world, await world.standings());
    if (Array.isArray(next)) await takeAtOnce(moment, next);
    else await takeAlone(moment, next);
    const broken = await look();
    if (broken.length > 0) throw new Error(`After ${fc.stringify(next)}:\n${broken.join('\n')}`);
  }
}
