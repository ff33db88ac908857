import { Injectable } from '@nestjs/common';
import { HistoriesBusyError } from './history.errors.js';

/** Histories that are thinned out at once in one process: more would take the connections of everybody else. */
const SLOTS = 2;
/** And those that wait for it. */
const MOST_WAITING = 20;

/** Lets few heavy readings happen at once, in the order in which they were asked for. */
@Injectable()
export class ReadingSlots {
  private busy = 0;
  private readonly waiting: (() => void)[] = [];

  /** Throws HistoriesBusyError where too many wait already. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    if (this.busy >= SLOTS) await this.turn();
    else this.busy += 1;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.busy -= 1;
    }
  }

  private turn(): Promise<void> {
    if (this.waiting.length >= MOST_WAITING) throw new HistoriesBusyError();
    return new Promise((resolve) => this.waiting.push(resolve));
  }
}
