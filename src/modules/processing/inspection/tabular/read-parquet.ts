import type { ColumnKind } from '../../../datasets/profile/profile-type.js';
import type { InspectionTask } from '../inspection.js';
import { declaredProblems, refuseNameless, refuseTooMany, refuseLongNames, targetIndex } from './check-columns.js';
import type { Engine, EngineOn } from './open-engine.js';
import { expandedBytes, topLevelNames } from './parquet-metadata.js';
import { rejectAny, rejected } from './problems.js';
import { identifier, literal } from './sql.js';
import { columnId, partOf, parts, type Table, type TableColumn } from './table.js';

/** Checks a Parquet file by its metadata first, for a small file can unpack to anything, and loads it. */
export async function readParquet(task: InspectionTask, engineOn: EngineOn): Promise<[Engine, Table]> {
  if (task.bytes === 0) throw rejected('file_empty', 'The file holds nothing.');
  const engine = await engineOn(task.file);
  return [engine, await load(task, engine)];
}

async function load(task: InspectionTask, engine: Engine): Promise<Table> {
  const names = await topLevelNames(engine, task.file);
  refuseTooMany(names.length, task.limits.maxColumns);
  refuseLongNames(names);
  refuseNameless(names);
  const { rows, bytes } = await expandedBytes(engine, task.file);
  if (bytes > task.limits.maxExpandedBytes) throw tooLarge(task.limits.maxExpandedBytes);
  rejectAny(declaredProblems(names, task));
  if (rows === 0) throw rejected('no_rows', 'The file has columns and no rows.');

  const source = `read_parquet(${literal(task.file)}, hive_partitioning = false)`;
  const described = await engine.rows(`DESCRIBE SELECT * FROM ${source}`);
  const fields = described.map(({ column_name, column_type }) => ({
    field: String(column_name),
    type: String(column_type),
  }));
  await refuseLargeTexts(engine, source, fields, task.limits.maxExpandedBytes);
  const target = targetIndex(names, task);
  for (const { name, indices } of parts(fields.length, target)) {
    const values = indices.map((index) => `${stored(fields[index]!)} AS ${columnId(index)}`);
    await engine.run(`CREATE TABLE ${name} AS SELECT ${values.join(', ')} FROM ${source}`);
    const [counted] = await engine.rows(`SELECT count(*) AS rows FROM ${name}`);
    if (Number(counted?.['rows']) !== rows) {
      const detail = `The file says that it has ${rows} rows, and has ${String(counted?.['rows'])}.`;
      throw rejected('parquet_malformed', detail);
    }
  }
  const columns = fields.map(({ field, type }, index): TableColumn => ({
    name: names[index] ?? field,
    id: columnId(index),
    part: partOf(index),
    kind: kindOf(type),
  }));
  const placesOf = async (numbers: readonly number[]) => numbers.map((number) => number + 1);
  return { rows, columns, target: columns[target] ?? null, readAs: {}, commaIsFree: false, placesOf };
}

function kindOf(type: string): ColumnKind {
  if (/\[\d*\]$|^(STRUCT|MAP|UNION|LIST|VARIANT)/.test(type)) return 'nested';
  if (/^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$|^DECIMAL\(\d+,0\)$/.test(type)) return 'integer';
  if (/^(FLOAT|DOUBLE|DECIMAL)/.test(type)) return 'number';
  if (type === 'BOOLEAN') return 'boolean';
  if (type === 'DATE') return 'date';
  return type.startsWith('TIMESTAMP') ? 'timestamp' : 'text';
}

function stored({ field, type }: { field: string; type: string }): string {
  const value = identifier(field);
  const kind = kindOf(type);
  if (kind === 'nested') return `CAST(to_json(${value}) AS VARCHAR)`;
  if (kind === 'timestamp') return `CAST(${value} AS TIMESTAMP)`;
  // As in csv, a text that is blank is no value.
  if (kind === 'text') return `CASE WHEN trim(CAST(${value} AS VARCHAR)) <> '' THEN CAST(${value} AS VARCHAR) END`;
  return value;
}

/** A dictionary holds a text once, however many rows have it: metadata does not tell what they come to. */
async function refuseLargeTexts(
  engine: Engine,
  source: string,
  fields: readonly { field: string; type: string }[],
  most: number,
): Promise<void> {
  const lengths = fields
    .filter(({ type }) => type === 'VARCHAR' || type === 'BLOB')
    .map(({ field, type }) => {
      const value = identifier(field);
      return `coalesce(sum(${type === 'BLOB' ? `octet_length(${value})` : `strlen(${value})`}), 0)`;
    });
  if (lengths.length === 0) return;
  const [sum] = await engine.rows(`SELECT CAST(${lengths.join(' + ')} AS DOUBLE) AS bytes FROM ${source}`);
  if (Number(sum?.['bytes']) > most) throw tooLarge(most);
}

function tooLarge(most: number): Error {
  return rejected('expanded_too_large', `Unpacked, the content is larger than ${most} bytes.`);
}
