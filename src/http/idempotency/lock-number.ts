import { createHash } from 'node:crypto';

/**
 * The advisory lock of a tenant's key: 64 bits of a SHA-256, as a signed decimal for PostgreSQL's bigint. Two keys that
 * share a number, which is as good as impossible, would wait for each other and nothing worse.
 */
export function lockNumber(tenantId: string, key: string): string {
  const text = JSON.stringify(['idempotency', tenantId, key]);
  return createHash('sha256').update(text).digest().readBigInt64BE().toString();
}
