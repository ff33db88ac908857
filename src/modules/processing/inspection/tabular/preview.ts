import type { DatasetPreview, PreviewValue } from '../../../datasets/profile/profile-type.js';
import { PREVIEW_CHARACTERS, PREVIEW_COLUMNS, PREVIEW_ROWS } from '../inspection.js';
import { isNumeric } from './measure-columns.js';
import type { Engine } from './open-engine.js';
import { valueSql, type Reading } from './readings.js';

/** The first rows of the first columns. */
export async function previewOf(engine: Engine, readings: readonly Reading[]): Promise<DatasetPreview> {
  const shown = readings.slice(0, PREVIEW_COLUMNS);
  const values = shown.map((reading) => `${textSql(reading)} AS ${reading.column.id}`);
  const part = shown[0]!.column.part;
  const rows = await engine.rows(
    `SELECT ${values.join(', ')} FROM ${part} WHERE rowid < ${PREVIEW_ROWS} ORDER BY rowid`,
  );
  return {
    columns: shown.map(({ column }) => column.name),
    rows: rows.map((row) => shown.map((reading) => previewValue(reading, row[reading.column.id] as string | null))),
  };
}

/** Whole numbers as they are written, as a double may not hold all digits. */
function textSql(reading: Reading): string {
  const { column, kind } = reading;
  const value = valueSql(reading);
  if (kind === 'number') return `CAST(CASE WHEN isfinite(${value}) THEN ${value} END AS VARCHAR)`;
  if (kind === 'integer') return `CASE WHEN isfinite(${value}) THEN trim(CAST(${column.id} AS VARCHAR)) END`;
  return `left(CAST(${value} AS VARCHAR), ${PREVIEW_CHARACTERS})`;
}

function previewValue({ kind }: Reading, text: string | null): PreviewValue {
  if (text === null) return null;
  if (kind === 'boolean') return text === 'true';
  if (kind === 'timestamp') return text.replace(' ', 'T');
  if (!isNumeric(kind)) return text;
  const number = Number(text);
  return kind === 'number' || Number.isSafeInteger(number) ? number : text.slice(0, PREVIEW_CHARACTERS);
}
