import { DatasetType } from '../../../datasets/dataset-type.js';
import type { ClassShare, ColumnProfile, ColumnRole } from '../../../datasets/profile/profile-type.js';
import type { Inspection, InspectionTask } from '../inspection.js';
import { hasClasses, MOST_CLASSES, refuseTarget } from './check-target.js';
import { countValues, type CountedValues } from './count-values.js';
import { distributions, type Distribution } from './distributions.js';
import { countDuplicates } from './duplicates.js';
import { guessReadings } from './guess-readings.js';
import { determining, type Candidate } from './leakage.js';
import { isNumeric, measureColumns, type Measured } from './measure-columns.js';
import type { Engine } from './open-engine.js';
import { previewOf } from './preview.js';
import { quoted, rejected } from './problems.js';
import type { Table } from './table.js';
import { warningsOf } from './warnings.js';

/** Numbers with at most so many different values are counted by value too. */
const FEW_VALUES = 20;
const MOST_TOP_VALUES = 10;
const TELLING_CORRELATION = 0.999;

/** Measures what was loaded. Errors: `ContentRejected` where its rows or its target cannot be learnt from. */
export async function profileTable(engine: Engine, table: Table, task: InspectionTask): Promise<Inspection> {
  if (table.rows < 2) throw rejected('too_few_rows', 'The content has one row; at least two are needed.');
  const measured = await measureColumns(engine, table, await guessReadings(engine, table));
  const roleOf = roles(table, task, measured);
  const features = measured.map(({ reading }) => reading.column).filter((column) => roleOf(column.name) === 'feature');

  const counted = await countValues(
    engine,
    table.rows,
    measured.filter(isCounted).map(({ reading }) => reading),
    MOST_TOP_VALUES,
  );
  const target = measured.find(({ reading }) => reading.column === table.target);
  const correlated =
    target && task.type === DatasetType.Regression && isNumeric(target.reading.kind) ? target.reading : null;
  const spread = await distributions(engine, measured, correlated);
  const candidates = measured.map((column): Candidate => {
    const { id, name } = column.reading.column;
    return { reading: column.reading, profile: profileOf(column, roleOf(name), counted.get(id), spread.get(id)) };
  });
  const ofTarget = candidates.find(({ reading }) => reading.column === table.target);
  if (ofTarget) await refuseTarget(engine, table, task, ofTarget.profile, ofTarget.reading);

  const columns = candidates.map(({ profile }) => profile);
  const classes = ofTarget && hasClasses(task.type) ? await classesOf(engine, table, ofTarget) : undefined;
  const duplicateRows = await countDuplicates(engine, table);
  const leaking = correlated
    ? features
        .filter(({ id }) => Math.abs(spread.get(id)?.correlation ?? 0) > TELLING_CORRELATION)
        .map(({ name }) => name)
    : ofTarget && classes
      ? await determining(
          engine,
          table.rows,
          ofTarget,
          candidates.filter(({ profile }) => profile.role === 'feature'),
        )
      : [];
  const notFinite = new Map(measured.map((column) => [column.reading.column.name, column.notFinite]));
  const notNumeric = new Map(measured.map(({ reading }) => [reading.column.name, reading.notNumeric ?? 0]));
  const optional = { ...(classes ? { classes } : {}), ...(duplicateRows === undefined ? {} : { duplicateRows }) };
  return {
    rows: table.rows,
    features: task.features ?? features.map(({ name }) => name),
    profile: {
      rows: table.rows,
      bytes: task.bytes,
      readAs: {
        ...table.readAs,
        ...(measured.some(({ reading }) => reading.decimalComma) ? { decimalComma: true } : {}),
      },
      columns,
      ...optional,
      warnings: warningsOf({ type: task.type, rows: table.rows, columns, ...optional, notFinite, notNumeric, leaking }),
    },
    preview: await previewOf(
      engine,
      measured.map(({ reading }) => reading),
    ),
  };
}

/** Errors: `feature_nested`, `no_features`. */
function roles(table: Table, task: InspectionTask, measured: readonly Measured[]): (name: string) => ColumnRole {
  const usable = new Set<string>();
  for (const { reading } of measured) {
    const { column, kind } = reading;
    const { name } = column;
    const declared = task.features?.includes(name) ?? false;
    if (declared && kind === 'nested') {
      throw rejected('feature_nested', `Feature ${quoted(name)} holds lists or objects.`, { column: name });
    }
    if (column !== table.target && kind !== 'nested' && (declared || task.features === null)) usable.add(name);
  }
  if (usable.size === 0) throw rejected('no_features', 'The content has no column that a model could learn from.');
  return (name) => {
    if (name === table.target?.name) return 'target';
    return usable.has(name) ? 'feature' : 'ignored';
  };
}

function isCounted({ reading: { kind }, distinct = 0 }: Measured): boolean {
  return isNumeric(kind) ? distinct <= FEW_VALUES : kind !== 'nested' && kind !== 'empty';
}

function profileOf(
  column: Measured,
  role: ColumnRole,
  counted: CountedValues | undefined,
  distribution: Distribution | undefined,
): ColumnProfile {
  const { reading, notFinite: _notFinite, ...measured } = column;
  const { correlation: _correlation, ...spread } = distribution ?? {};
  return {
    name: reading.column.name,
    kind: reading.kind,
    role,
    ...measured,
    distinct: counted?.distinct ?? measured.distinct ?? 0,
    ...spread,
    ...(counted ? { topValues: counted.top } : {}),
  };
}

async function classesOf(engine: Engine, { rows }: Table, { reading, profile }: Candidate): Promise<ClassShare[]> {
  const all = await countValues(engine, rows, [reading], MOST_CLASSES);
  const { top } = all.get(reading.column.id)!;
  return top.map(({ value, count }: { value: string; count: number }) => ({
    value,
    count,
    share: count / (rows - profile.missing),
  }));
}
