import { LONGEST_ROW_BYTES } from './csv-dialect.js';
import type { Engine } from './open-engine.js';
import { rejected } from './problems.js';
import { literal } from './sql.js';
import { columnId, parts } from './table.js';

/** Csv of which every row is known to have `columns` fields. */
export interface LoadableCsv {
  file: string;
  delimiter: string;
  hasHeader: boolean;
  lineEnd: string;
  columns: number;
  /** Without the header. */
  rows: number;
}

/** Every value as text; one that is empty or blank is no value. */
export async function loadCsv(engine: Engine, csv: LoadableCsv, target: number): Promise<void> {
  for (const { name, indices } of parts(csv.columns, target)) {
    const values = indices.map((index) => presentSql(columnId(index)));
    await engine.run(`CREATE TABLE ${name} AS SELECT ${values.join(', ')} FROM ${reader(csv)}`);
    const [count] = await engine.rows(`SELECT count(*) AS rows FROM ${name}`);
    if (Number(count?.['rows']) !== csv.rows) {
      throw rejected('content_unreadable', `Of ${csv.rows} rows, ${String(count?.['rows'])} could be told apart.`);
    }
  }
}

/** Trimming is slow: only what begins with a space may be blank. */
function presentSql(id: string): string {
  return `CASE WHEN ${id}[1] <> ' ' OR trim(${id}) <> '' THEN ${id} END AS ${id}`;
}

function reader({ file, delimiter, hasHeader, lineEnd, columns }: LoadableCsv): string {
  const types = Array.from({ length: columns }, (_, index) => `${columnId(index)}: 'VARCHAR'`);
  const newLine = lineEnd.replace('\r', '\\r').replace('\n', '\\n');
  return `read_csv(${literal(file)}, columns = {${types.join(', ')}}, auto_detect = false, header = ${hasHeader},
    delim = ${literal(delimiter)}, quote = '"', escape = '"', new_line = ${literal(newLine)}, comment = '',
    nullstr = '', parallel = false, max_line_size = ${LONGEST_ROW_BYTES + 1024}, buffer_size = ${LONGEST_ROW_BYTES * 2 + 2048})`;
}
