import type { Chance } from '../chance.js';
import type { Backend } from '../settings.js';
import type { Scene } from './scene.js';

/** What a kind needs of the machine. */
export type Need = 'faketime' | 'mount';

/** A fault that has struck. */
export interface Struck {
  /** For the reader of the log. */
  what: string;
  /** Resolves when it has lasted long enough; the harness heals it then. */
  lasts: Promise<unknown>;
  heal(): Promise<void>;
}

export interface FaultKind {
  name: string;
  /** Where it makes sense; everywhere unless given. */
  backend?: Backend;
  needs?: readonly Need[];
  /** Null when nothing is there to strike at just now: it is tried again later. */
  strike(scene: Scene, chance: Chance): Promise<Struck | null>;
}

/** For faults that are over as soon as they have struck. */
export function momentary(what: string): Struck {
  return { what, lasts: Promise.resolve(), heal: () => Promise.resolve() };
}
