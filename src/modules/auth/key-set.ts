import { KeysUnavailableError } from './auth.errors.js';
import { choose } from './choose-key.js';
import type { VerificationKey, WantedKey } from './verification-key.js';

const SECOND = 1_000;
/** Keys older than this are read again before they are used. */
export const STALE_MS = 600 * SECOND;
/** Keys that cannot be read again are used until they are this old. */
export const KEPT_MS = 3_600 * SECOND;
/** Least time between two attempts to read again; the second while there are no keys at all. */
export const REREAD_MS = 30 * SECOND;
export const RETRY_MS = 5 * SECOND;

export interface KeySource {
  read: () => Promise<VerificationKey[]>;
  /** Hears of each attempt: how many keys there are, or what went wrong. */
  tell?: (outcome: number | Error) => void;
  /** Milliseconds that never go back. */
  now?: () => number;
}

/**
 * The keys of an issuer, read when the first token comes. Read again when they are older than ten minutes and when a
 * token names a key that is not there (that at most every 30 s, however many tokens do), one read at a time, which all
 * wait for who need it. If that fails, the keys of the last success are kept until they are an hour old.
 */
export class KeySet {
  #keys: readonly VerificationKey[] = [];
  #readAt = -Infinity;
  #hasFailed = false;
  #notBefore = 0;
  #reading: Promise<void> | undefined;

  constructor(private readonly source: KeySource) {}

  /** Undefined where no key of the set fits. Throws KeysUnavailableError. */
  async find(wanted: WantedKey): Promise<VerificationKey | undefined> {
    const reading = this.#age() > STALE_MS ? this.#refresh() : undefined;
    // An issuer that does not answer holds up the first who come, and not all of them every half minute.
    if (!this.#hasFailed || this.#age() > KEPT_MS) await reading;
    const chosen = choose(this.#current(), wanted);
    if (chosen !== 'unknown') return chosen;
    await this.#refresh();
    const again = choose(this.#current(), wanted);
    return again === 'unknown' ? undefined : again;
  }

  #current(): readonly VerificationKey[] {
    if (this.#age() > KEPT_MS) throw new KeysUnavailableError();
    return this.#keys;
  }

  #refresh(): Promise<void> {
    if (!this.#reading && this.#now() < this.#notBefore) return Promise.resolve();
    return (this.#reading ??= this.#read().finally(() => (this.#reading = undefined)));
  }

  async #read(): Promise<void> {
    const isFirst = this.#readAt === -Infinity;
    try {
      this.#keys = await this.source.read();
      this.#readAt = this.#now();
      this.#hasFailed = false;
      this.source.tell?.(this.#keys.length);
    } catch (error) {
      this.#hasFailed = true;
      this.source.tell?.(error as Error);
    }
    // The first success does not count: a key that came right after it must not have to wait.
    if (!isFirst) this.#notBefore = this.#now() + REREAD_MS;
    else if (this.#hasFailed) this.#notBefore = this.#now() + RETRY_MS;
  }

  #age(): number {
    return this.#now() - this.#readAt;
  }

  #now(): number {
    return this.source.now?.() ?? performance.now();
  }
}
