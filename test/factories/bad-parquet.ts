import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { BadContent, Bytes } from './bad-tables.js';

/** A parquet file of what a query gives. */
export async function parquetOf(query: string, options = ''): Promise<Uint8Array<ArrayBuffer>> {
  const folder = mkdtempSync(path.join(tmpdir(), 'ai-training-parquet-'));
  const instance = await DuckDBInstance.create(':memory:');
  try {
    const connection = await instance.connect();
    const file = path.join(folder, 'file.parquet');
    await connection.run(`COPY (${query}) TO '${file}' (FORMAT parquet${options})`);
    connection.closeSync();
    return Uint8Array.from(readFileSync(file));
  } finally {
    instance.closeSync();
    rmSync(folder, { recursive: true });
  }
}

const GOOD = `SELECT range AS x, 'k' || (range % 3) AS y FROM range(1000)`;

async function damaged(change: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>) {
  return change(await parquetOf(GOOD));
}

const bad = (what: string, problem: BadContent['problem'], content: () => Promise<Bytes>): BadContent => {
  return { what, problem, bytes: content, metadata: { format: 'parquet' } };
};

export const BAD_PARQUET: readonly BadContent[] = [
  bad('a text', { code: 'parquet_malformed' }, async () => 'x,y\n1,a\n'),
  bad('a file that is cut off', { code: 'parquet_malformed' }, () => damaged((bytes) => bytes.slice(0, -100))),
  bad('a file without its beginning', { code: 'parquet_malformed' }, () => damaged((bytes) => bytes.slice(4))),
  bad('a damaged footer', { code: 'content_unreadable' }, () => damaged((bytes) => bytes.fill(0xff, -60, -8))),
  bad('damaged pages', { code: 'content_unreadable' }, () => damaged((bytes) => bytes.fill(0xff, 4, 400))),
  bad('an encrypted file', { code: 'parquet_encrypted' }, () =>
    damaged((bytes) => {
      bytes.set(Buffer.from('PARE'), 0);
      bytes.set(Buffer.from('PARE'), bytes.length - 4);
      return bytes;
    }),
  ),
  bad('no rows', { code: 'no_rows' }, () => parquetOf(`${GOOD} LIMIT 0`)),
  bad('a target that is not there', { code: 'target_missing', column: 'y' }, () =>
    parquetOf('SELECT range AS x FROM range(9)'),
  ),
  bad('more than there may be', { code: 'expanded_too_large' }, () =>
    parquetOf(
      `SELECT repeat('x', 1000) || (range % 7) || range AS x, range % 2 AS y FROM range(120000)`,
      ", COMPRESSION 'zstd', COMPRESSION_LEVEL 19",
    ),
  ),
];
