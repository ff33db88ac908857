import type { KeyObject } from 'node:crypto';

/** A key and the only algorithm that it verifies: what a token's header says never decides on that. */
export interface VerificationKey {
  kid?: string;
  algorithm: 'HS256' | 'RS256' | 'ES256' | 'EdDSA';
  key: KeyObject;
}

/** What a token's header asks for; anything may stand there. */
export interface WantedKey {
  kid?: unknown;
  alg?: unknown;
}
