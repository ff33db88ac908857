import type { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from, to } from 'pg-copy-streams';
import type { Table } from './catalogue.js';

/** With its columns: their order in the table is that of the migrations which made them, and may differ. */
const listed = ({ name, columns }: Table) =>
  `${pg.escapeIdentifier(name)} (${columns.map((column) => pg.escapeIdentifier(column)).join(', ')})`;

/** The rows of a table or query, as PostgreSQL's text format has them; `rowCount` once all are read. */
export const copyOut = (client: pg.ClientBase, what: Table | string) =>
  client.query(to(`COPY ${typeof what === 'string' ? `(${what})` : listed(what)} TO STDOUT`));

/** Resolves with the number of rows that came in. */
export async function copyIn(
  client: pg.ClientBase,
  table: Table,
  [source, ...through]: [Readable, ...Transform[]],
  signal: AbortSignal,
): Promise<number> {
  const target = client.query(from(`COPY ${listed(table)} FROM STDIN`));
  await pipeline([source, ...through, target], { signal });
  return target.rowCount;
}
