import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Engine, openEngine } from './open-engine.js';

const LIMITS = { memoryMb: 128, threads: 1, maxExpandedBytes: 10_000_000 };

describe('the engine that reads tables', () => {
  let folder: string;
  let file: string;
  let other: string;
  let engine: Engine;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'engine-'));
    [file, other] = [path.join(folder, 'content.csv'), path.join(folder, 'other.csv')];
    for (const name of [file, other]) writeFileSync(name, 'a,b\n1,2\n');
    const scratch = path.join(folder, 'scratch');
    mkdirSync(scratch);
    engine = await openEngine(file, scratch, LIMITS as never);
  });
  afterAll(() => {
    engine.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('reads its file', async () => {
    expect(await engine.rows(`SELECT a, b FROM read_csv('${file}')`)).toEqual([{ a: '1', b: '2' }]);
  });

  it.each([
    ['another file', () => `SELECT * FROM read_csv('${other}')`],
    ['a file of the system', () => `SELECT * FROM read_text('/etc/passwd')`],
    ['a folder', () => `SELECT * FROM glob('${folder}/*')`],
    ['an address', () => `SELECT * FROM read_csv('http://127.0.0.1:1/a.csv')`],
    ['a bucket', () => `SELECT * FROM read_parquet('s3://bucket/a.parquet')`],
    ['another database', () => `ATTACH '${folder}/other.duckdb'`],
  ])('reads no %s', async (_, sql) => {
    await expect(engine.rows(sql())).rejects.toThrow(/disabled|not allowed|permission|blocked|cannot access/i);
  });

  it.each([
    ['writes no other file', () => `COPY (SELECT 1) TO '${folder}/written.csv'`],
    ['loads no extension', () => `LOAD httpfs`],
    ['installs no extension', () => `INSTALL httpfs`],
    ['gives nothing back that was taken from it', () => `SET enable_external_access = true`],
    ['changes no limit', () => `SET memory_limit = '100GB'`],
  ])('%s', async (_, sql) => {
    await expect(engine.run(sql())).rejects.toThrow(/disabled|not allowed|permission|locked|cannot/i);
  });
});
