import type { Engine, Row } from './open-engine.js';
import { rejected } from './problems.js';
import { literal } from './sql.js';

/** As they are in the file: the engine renames what differs in case alone. */
export async function topLevelNames(engine: Engine, file: string): Promise<string[]> {
  const [root, ...nodes] = await engine.rows(`SELECT name, num_children FROM parquet_schema(${literal(file)})`);
  const names: string[] = [];
  for (let at = 0; at < nodes.length && names.length < Number(root?.['num_children']); at = behind(nodes, at)) {
    names.push(String(nodes[at]!['name']));
  }
  if (names.length === 0) throw rejected('parquet_malformed', 'The file declares no columns.');
  return names;
}

/** The schema lists every node before its children. */
function behind(nodes: readonly Row[], at: number): number {
  let open = 1;
  let next = at;
  while (open > 0 && next < nodes.length) open += Number(nodes[next++]!['num_children'] ?? 0) - 1;
  return next;
}

/** What the file says that it unpacks to, and at least what its values take in memory: runs of one value cost nothing. */
export async function expandedBytes(engine: Engine, file: string): Promise<{ rows: number; bytes: number }> {
  const [found] = await engine.rows(`SELECT
      CAST(coalesce(sum(greatest(total_uncompressed_size, num_values * CASE type
        WHEN 'INT32' THEN 4 WHEN 'FLOAT' THEN 4 WHEN 'INT64' THEN 8 WHEN 'DOUBLE' THEN 8 WHEN 'INT96' THEN 12
        ELSE 1 END)), 0) AS DOUBLE) AS bytes
    FROM parquet_metadata(${literal(file)})`);
  const [counted] = await engine.rows(`SELECT num_rows FROM parquet_file_metadata(${literal(file)})`);
  return { rows: Number(counted?.['num_rows']), bytes: Number(found?.['bytes']) };
}
