import { seedOf } from '../../src/modules/jobs/simulation/seed-of.js';
import { Stream, uniform } from '../../src/modules/training/simulator/random.js';

/** Seeded draws. What is drawn by one part does not shift what another draws: each has a fork of its own. */
export class Chance {
  private drawn = 0;

  constructor(private readonly seed: number) {}

  fork(part: string): Chance {
    return new Chance(seedOf(`${this.seed}/${part}`));
  }

  /** At least `from`, less than `to`. */
  real(from: number, to: number): number {
    return from + (to - from) * uniform(this.seed, Stream.Character, this.drawn++);
  }

  /** Both ends included. */
  int(from: number, to: number): number {
    return Math.floor(this.real(from, to + 1));
  }

  yes(probability: number): boolean {
    return this.real(0, 1) < probability;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.int(0, list.length - 1)]!;
  }

  shuffled<T>(list: readonly T[]): T[] {
    return list
      .map((item) => ({ item, key: this.real(0, 1) }))
      .sort((a, b) => a.key - b.key)
      .map(({ item }) => item);
  }
}
