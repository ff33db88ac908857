import { firstRecords } from './csv-records.js';

const DELIMITERS = [',', ';', '\t', '|'];
const RECORDS_LOOKED_AT = 100;
/** Of the records, that have as many fields as the first. */
const LEAST_AGREEMENT = 0.5;

/**
 * The delimiter that gives most records as many fields as the first one, more than one of them; where none gives it to
 * enough, the one that splits the first one most. Where none splits it, the content has one column, and a delimiter that
 * does not occur keeps it whole.
 */
export function sniffDelimiter(sample: string, whole: boolean): string {
  const rated = DELIMITERS.map((delimiter) => {
    const records = firstRecords(sample, delimiter, RECORDS_LOOKED_AT, whole);
    const fields = records[0]?.length ?? 0;
    const agreeing = records.filter((record) => record.length === fields).length / records.length;
    return { delimiter, fields, agreement: fields > 1 && agreeing >= LEAST_AGREEMENT ? agreeing : 0 };
  });
  rated.sort((a, b) => b.agreement - a.agreement || b.fields - a.fields);
  const [best] = rated;
  if (best && best.fields > 1) return best.delimiter;
  return DELIMITERS.find((delimiter) => !sample.includes(delimiter)) ?? ',';
}

const NUMBER = /^\s*[-+]?(\d+([.,]\d*)?|[.,]\d+)(e[-+]?\d+)?\s*$/i;
const DATE = /^\s*\d{4}-\d{2}-\d{2}([T ]\d{2}:.*)?\s*$/;
/** Characters of a number or a date. */
const LONGEST_DATUM = 64;
/** Columns are named after years often. */
const YEAR = /^\s*(1[89]|20|21)\d\d\s*$/;

/** A first row is taken for names unless it is clearly data: no declared name is in it, but a number or a date. */
export function sniffHeader(first: readonly string[], declared: readonly string[]): boolean {
  if (declared.some((name) => first.includes(name))) return true;
  const isData = (cell: string) => cell.length <= LONGEST_DATUM && (DATE.test(cell) || NUMBER.test(cell));
  if (first.length > 0 && first.every(isData)) return false;
  return !first.some((cell) => isData(cell) && !YEAR.test(cell));
}
