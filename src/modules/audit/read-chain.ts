import type { ClientBase, QueryResult } from 'pg';
import type { ChainedEntry, ChainHead } from './verify-chain.js';

const PAGE = 1_000;

/** By the number, and not by the text that it is selected as: 10 comes after 9. */
const ENTRIES = `SELECT number::text, hash, previous, ARRAY[previous, tenant_id, number::text,
    to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), actor, action, resource, resource_id,
    before::text, after::text, request_id, address] AS parts
  FROM audit_entries AS entry WHERE tenant_id = $1 AND ($2::bigint IS NULL OR number > $2) ORDER BY entry.number LIMIT ${PAGE}`;

/** Tenants that have a head, or entries without one. */
const HEADS = `SELECT tenant_id AS tenant, coalesce(number, 0)::text AS number, coalesce(hash, '') AS hash
  FROM (SELECT DISTINCT tenant_id FROM audit_entries) AS t FULL JOIN audit_heads USING (tenant_id) ORDER BY 1`;

export async function readHeads(client: ClientBase): Promise<(ChainHead & { tenant: string })[]> {
  return (await client.query<ChainHead & { tenant: string }>(HEADS)).rows;
}

/** The entries of a tenant, in order, a page at a time. */
export async function* readChain(client: ClientBase, tenant: string): AsyncGenerator<ChainedEntry> {
  for (let after: string | null = null; ;) {
    const { rows }: QueryResult<ChainedEntry> = await client.query(ENTRIES, [tenant, after]);
    yield* rows;
    if (rows.length < PAGE) return;
    after = rows.at(-1)!.number;
  }
}
