import { setTimeout as pause } from 'node:timers/promises';
import { withTimeLimit } from '../../../src/queue/time-limit.js';
import { eventually } from '../../support/eventually.js';
import type { Chance } from '../chance.js';
import type { Pace } from '../load/pace.js';
import type { FaultKind, Struck } from './kind.js';
import type { Scene } from './scene.js';

/** How many faults may be under way at once: what each does alone is the easier half. */
const AT_ONCE = 2;
/** Milliseconds from one fault to the next. */
const GAP_MS = { least: 300, most: 1_800 };
const TRIES = 25;
/** Share of the load that arrives before the first fault. */
const FIRST_SHARE = 0.08;
const RUNS_FIRST = 3;
/** Milliseconds for a fault to strike, and to last and be healed: more than any of them needs, on a busy machine too. */
const STRIKE_MS = 30_000;
const HEAL_MS = 90_000;

/** Lets faults strike one after another, and at times two at once, until there were enough of each. */
export class Storm {
  readonly struck = new Map<string, number>();
  private readonly underWay = new Set<Promise<void>>();
  private readonly mishaps: Error[] = [];

  constructor(
    private readonly kinds: readonly FaultKind[],
    private readonly scene: Scene,
    private readonly chance: Chance,
    private readonly pace: Pace,
    private readonly log: (line: string) => void,
  ) {
    for (const { name } of kinds) this.struck.set(name, 0);
  }

  /** Every kind once, then any; `isOver` ends it early, but not before each has struck. */
  async rage(faults: number, isOver: () => boolean): Promise<void> {
    const first = this.chance.shuffled(this.kinds);
    const more = Array.from({ length: Math.max(0, faults - first.length) }, () => this.chance.pick(this.kinds));
    const waiting = [...first, ...more];
    const all = waiting.length;
    this.pace.advance(FIRST_SHARE);
    await this.somethingRuns();
    const isEnough = () => waiting.length === 0 || (isOver() && !this.struckSoOften.includes(0));
    for (let tries = TRIES * all; !isEnough() && tries > 0; tries--) {
      await pause(this.chance.int(GAP_MS.least, GAP_MS.most));
      while (this.underWay.size >= AT_ONCE) await Promise.race(this.underWay);
      const kind = waiting.shift()!;
      const chance = this.chance.fork(`${kind.name}-${waiting.length}-${tries}`);
      const struck = await withTimeLimit(kind.strike(this.scene, chance), STRIKE_MS, `${kind.name}: striking`);
      if (!struck) waiting.splice(this.chance.int(1, 3), 0, kind);
      else this.follow(kind, struck);
      this.pace.advance(FIRST_SHARE + (1 - FIRST_SHARE) * (1 - waiting.length / all));
    }
    this.pace.advance(1);
    await Promise.all(this.underWay);
    if (this.mishaps.length > 0) throw new AggregateError(this.mishaps, 'Faults could not be healed');
  }

  private get struckSoOften(): number[] {
    return [...this.struck.values()];
  }

  private async somethingRuns(): Promise<void> {
    const runs = async () => (await this.scene.interruptions.running()).length >= RUNS_FIRST;
    await eventually(runs, 'jobs are running', 20_000).catch(() => {});
  }

  private follow(kind: FaultKind, { what, lasts, heal }: Struck): void {
    const count = this.struck.get(kind.name)! + 1;
    this.struck.set(kind.name, count);
    this.log(`${kind.name}: ${what}`);
    const over = withTimeLimit(lasts.then(heal), HEAL_MS, `${kind.name}, ${what}: healing`)
      .catch((error: Error) => void this.mishaps.push(error))
      .finally(() => this.underWay.delete(over));
    this.underWay.add(over);
  }
}
