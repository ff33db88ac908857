import type { VerificationKey, WantedKey } from './verification-key.js';

/**
 * The key that a token's header asks for. 'unknown' where no key has its `kid`; undefined where nothing can fit: another
 * algorithm than the key's, two keys that fit equally well, or no `kid` where there is a choice.
 */
export function choose(
  keys: readonly VerificationKey[],
  { kid, alg }: WantedKey,
): VerificationKey | 'unknown' | undefined {
  if (kid === undefined) return keys.length === 1 ? only(keys, alg) : undefined;
  if (typeof kid !== 'string') return undefined;
  const named = keys.filter((key) => key.kid === kid);
  return named.length === 0 ? 'unknown' : only(named, alg);
}

function only(keys: readonly VerificationKey[], alg: unknown): VerificationKey | undefined {
  const fitting = keys.filter(({ algorithm }) => algorithm === alg);
  return fitting.length === 1 ? fitting[0] : undefined;
}
