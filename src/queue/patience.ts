import { withTimeLimit } from './time-limit.js';

/** Somebody was asked something, and the answer is overdue. */
export class NoAnswerError extends Error {
  constructor(what: string) {
    super(`${what}: no answer to the question before`);
    this.name = 'NoAnswerError';
  }
}

/**
 * Asks a server that may be away. A question that is not answered in time fails, and until it has settled after all
 * every other one fails at once: clients keep what they could not send, and would pile it up for as long as it takes.
 */
export class Patience {
  private readonly overdue = new Set<Promise<unknown>>();

  constructor(private readonly ms: number) {}

  /** Throws NoAnswerError, or an error after so many milliseconds. */
  async await<T>(what: string, ask: () => Promise<T>): Promise<T> {
    if (this.overdue.size > 0) throw new NoAnswerError(what);
    let settled = false;
    const answer = ask().finally(() => (settled = true));
    try {
      return await withTimeLimit(answer, this.ms, what);
    } catch (error) {
      if (!settled) this.remember(answer);
      throw error;
    }
  }

  private remember(answer: Promise<unknown>): void {
    this.overdue.add(answer);
    const forget = () => this.overdue.delete(answer);
    answer.then(forget, forget);
  }
}
