import { setTimeout as pause } from 'node:timers/promises';
import type { Bed } from '../bed/bed.js';
import type { Member } from '../bed/member.js';
import type { Chance } from '../chance.js';
import type { Load } from '../load/load.js';
import { Interruptions } from './interruptions.js';

/** A stretch of time in which something was kept from everybody; milliseconds. */
export interface Outage {
  kind: 'disk' | 'database' | 'queue';
  from: number;
  to?: number;
}

/** Where faults strike, and what the checker has to know about them afterwards. */
export class Scene {
  readonly interruptions: Interruptions;
  readonly outages: Outage[] = [];
  private readonly occupied = new Set<string>();

  constructor(
    readonly bed: Bed,
    readonly load: Load,
  ) {
    this.interruptions = new Interruptions(bed);
  }

  /** Two faults never hold the same thing at once. Null when somebody has it; call what is returned to let go. */
  occupy(what: string): (() => void) | null {
    if (this.occupied.has(what)) return null;
    this.occupied.add(what);
    return () => void this.occupied.delete(what);
  }

  /**
   * A worker that no other fault holds: mostly the busiest, and seldom one with nothing to do. It stays occupied until
   * let go.
   */
  async takeWorker(chance: Chance): Promise<{ member: Member; release: () => void } | null> {
    const free = this.free(this.bed.workers);
    const load = await Promise.all(
      free.map(async (member) => (await this.interruptions.heldBy(member.life).catch(() => [])).length),
    );
    const most = Math.max(...load);
    const busiest = free[load.indexOf(most)];
    if (most <= 0 && chance.yes(0.8)) return null;
    return this.take(chance.yes(0.8) ? busiest : chance.pick(free));
  }

  takeApi(chance: Chance): { member: Member; release: () => void } | null {
    return this.take(chance.pick(this.free(this.bed.apis)));
  }

  take(member: Member | undefined): { member: Member; release: () => void } | null {
    const release = member && this.occupy(member.name);
    return member && release ? { member, release } : null;
  }

  outage(kind: Outage['kind']): () => void {
    const outage: Outage = { kind, from: Date.now() };
    this.outages.push(outage);
    return () => (outage.to = Date.now());
  }

  /** A seeded stretch of time, which is the fault itself. */
  lasting(chance: Chance, least: number, most: number): Promise<void> {
    return pause(chance.int(least, most));
  }

  private free(members: readonly Member[]): Member[] {
    return members.filter((member) => member.isAtWork && !this.occupied.has(member.name));
  }
}
