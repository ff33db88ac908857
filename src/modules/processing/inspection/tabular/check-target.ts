import { DatasetType } from '../../../datasets/dataset-type.js';
import type { ColumnProfile } from '../../../datasets/profile/profile-type.js';
import { MOST_PROBLEMS, type ContentProblem, type InspectionTask } from '../inspection.js';
import { isNumeric } from './measure-columns.js';
import type { Engine } from './open-engine.js';
import { ContentRejected, quoted, rejected } from './problems.js';
import { misfitSql, type Reading } from './readings.js';
import type { Table } from './table.js';

export const MOST_CLASSES = 1_000;
/** Fewer rows may each have a class of their own: examples do. */
const FEW_ROWS = 20;

/** Whether the target's values are classes: those of texts are, where there is a target. */
export function hasClasses(type: DatasetType): boolean {
  return type !== DatasetType.Regression && type !== DatasetType.Clustering;
}

/** What keeps a model from learning this target. */
export async function refuseTarget(
  engine: Engine,
  table: Table,
  task: InspectionTask,
  target: ColumnProfile,
  reading: Reading,
) {
  if (task.type === DatasetType.Clustering) return;
  const { name: column, kind } = target;
  const named = `The target ${quoted(column)}`;
  if (target.missing === table.rows) throw rejected('target_empty', `${named} has no value in any row.`, { column });
  if (kind === 'nested') throw rejected('target_nested', `${named} holds lists or objects.`, { column });
  if (hasClasses(task.type)) refuseClasses(target, table.rows, named);
  else if (!isNumeric(kind)) await refuseValues(engine, table, reading, column);
}

function refuseClasses({ name: column, distinct, missing }: ColumnProfile, rows: number, named: string): void {
  if (distinct === 1) {
    throw rejected('target_single_class', `${named} has the same value in all rows; there is nothing to tell apart.`, {
      column,
    });
  }
  if (distinct > MOST_CLASSES || (distinct === rows - missing && rows >= FEW_ROWS)) {
    const detail = `${named} has ${distinct} classes in ${rows} rows; at most ${MOST_CLASSES} can be learnt, each of several rows.`;
    throw rejected('target_too_many_classes', detail, { column });
  }
}

/** The first values that are no numbers. */
async function refuseValues(engine: Engine, table: Table, { column }: Reading, name: string): Promise<never> {
  const asNumber: Reading = { column, kind: 'number', decimalComma: false };
  const condition = column.kind === undefined ? misfitSql(asNumber) : `${column.id} IS NOT NULL`;
  const found = await engine.rows(`SELECT rowid AS row, left(CAST(${column.id} AS VARCHAR), 80) AS value
    FROM ${column.part} WHERE ${condition} ORDER BY rowid LIMIT ${MOST_PROBLEMS}`);
  if (found.length === 0)
    throw rejected('target_empty', `The target ${quoted(name)} has no value in any row.`, { column: name });
  const places = await table.placesOf(found.map(({ row }) => Number(row)));
  const problems = found.map(({ value }, index): ContentProblem => {
    const detail = `The target is ${quoted(String(value))}, which is no number, as regression needs it.`;
    return { code: 'target_not_numeric', detail, row: places[index]!, column: name };
  });
  throw new ContentRejected(problems);
}
