import { hash } from 'node:crypto';
import type { Principal } from '../../http/principal.js';
import type { VerificationKey, WantedKey } from './verification-key.js';

/** A token that a key has been found to have signed, and whom it speaks for. */
export interface Verified {
  wanted: WantedKey;
  key: VerificationKey;
  principal: Principal;
}

/** Tokens that are remembered; some 500 bytes each. */
const MOST_TOKENS = 10_000;

/**
 * Tokens whose signature and claims were found to be right, so that this need not be done with each request. One is
 * known from the moment at which it was verified until it ends: what must have begun by then (`nbf`, `iat`) has begun
 * ever after. A clock that was put back knows none. By their hashes: whoever reads the memory finds no token in here,
 * and how long it takes to find one tells nothing about it. Only good tokens are remembered, so that nobody without one
 * can fill it; of too many those go that were verified first.
 */
export class VerifiedTokens {
  private readonly tokens = new Map<string, Verified & { since: number }>();

  constructor(
    private readonly now: () => number = Date.now,
    private readonly mostTokens = MOST_TOKENS,
  ) {}

  find(token: string): Verified | undefined {
    const name = nameOf(token);
    const known = this.tokens.get(name);
    if (!known) return undefined;
    const now = this.now();
    if (now >= known.since && now < known.principal.expiresAt.getTime()) return known;
    this.tokens.delete(name);
    return undefined;
  }

  /** `since`: the time, in milliseconds, at which its verification began. */
  add(token: string, verified: Verified, since: number): void {
    const name = nameOf(token);
    this.tokens.delete(name);
    this.tokens.set(name, { ...verified, since });
    if (this.tokens.size > this.mostTokens) this.tokens.delete(this.tokens.keys().next().value!);
  }
}

const nameOf = (token: string) => hash('sha256', token, 'base64');
