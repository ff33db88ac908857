import { createHash } from 'node:crypto';

/** An entry as the database spells it: every part a text, in the order in which it is hashed. */
export interface ChainedEntry {
  number: string;
  hash: string;
  previous: string;
  parts: readonly (string | null)[];
}

/** What the last entry has to be; the hash of none is empty. */
export interface ChainHead {
  number: string;
  hash: string;
}

export interface Break {
  /** The position at which it was found. */
  number: string;
  reason: 'added' | 'removed' | 'altered' | 'not_bound' | 'not_the_last';
}

const spelled = (part: string | null) => (part === null ? '-' : `${Buffer.byteLength(part)}:${part}`);

/** SHA-256 over the parts, each with its length in bytes before it, as the database's `audit_hash` does. */
export function hashOf({ parts }: ChainedEntry): string {
  return createHash('sha256')
    .update(parts.map((part) => `${spelled(part)},`).join(''))
    .digest('hex');
}

/** The first place at which a chain is not what was written, or null. `entries` in the order of their numbers. */
export async function firstBreak(entries: AsyncIterable<ChainedEntry>, head: ChainHead): Promise<Break | null> {
  let last: ChainHead = { number: '0', hash: '' };
  for await (const entry of entries) {
    const expected = String(BigInt(last.number) + 1n);
    if (BigInt(entry.number) < BigInt(expected)) return { number: entry.number, reason: 'added' };
    if (entry.number !== expected) return { number: expected, reason: 'removed' };
    if (entry.hash !== hashOf(entry)) return { number: entry.number, reason: 'altered' };
    if (entry.previous !== last.hash) return { number: entry.number, reason: 'not_bound' };
    last = entry;
  }
  if (BigInt(last.number) < BigInt(head.number)) {
    return { number: String(BigInt(last.number) + 1n), reason: 'removed' };
  }
  return last.number === head.number && last.hash === head.hash
    ? null
    : { number: last.number, reason: 'not_the_last' };
}
