import type { ClassShare, ColumnProfile, ProfileWarning } from '../../../datasets/profile/profile-type.js';
import { DatasetType } from '../../../datasets/dataset-type.js';
import { quoted } from './problems.js';

export interface Findings {
  type: DatasetType;
  rows: number;
  columns: readonly ColumnProfile[];
  classes?: readonly ClassShare[];
  duplicateRows?: number;
  /** NaN and infinite values by column. */
  notFinite: ReadonlyMap<string, number>;
  /** Values that keep columns of numbers from being that, by column. */
  notNumeric: ReadonlyMap<string, number>;
  /** Features that give the target away. */
  leaking: readonly string[];
}

const MOST_WARNINGS = 100;
/** The smallest class against the largest. */
const LEAST_BALANCE = 0.05;
const MOSTLY = 0.5;
/** Values that are no numbers among numbers are typos or marks for nothing rather than texts. */
const FEW_OTHERS = 0.1;
/** Fewer rows have different values by chance. */
const FEWEST_ROWS_FOR_IDENTIFIERS = 20;
/** Longer texts are prose, which never repeats. */
const LONGEST_IDENTIFIER = 64;

/** What does not keep from training, and may well spoil it: what concerns the whole first, a hundred at most. */
export function warningsOf(findings: Findings): ProfileWarning[] {
  const { columns } = findings;
  return [
    ...ofRows(findings),
    ...ofClasses(findings),
    ...findings.leaking.map((column) => leak(column)),
    ...columns.flatMap((column) => ofColumn(column, findings)),
  ].slice(0, MOST_WARNINGS);
}

function ofRows({ duplicateRows = 0, rows }: Findings): ProfileWarning[] {
  if (duplicateRows === 0) return [];
  return [{ code: 'duplicate_rows', detail: `${duplicateRows} of ${rows} rows repeat an earlier one.` }];
}

function ofClasses({ classes = [], columns }: Findings): ProfileWarning[] {
  const largest = classes[0];
  const smallest = classes.at(-1);
  if (!largest || !smallest || smallest.count / largest.count >= LEAST_BALANCE) return [];
  const column = columns.find(({ role }) => role === 'target')!.name;
  const detail = `Class ${quoted(smallest.value)} has ${smallest.count} rows, class ${quoted(largest.value)} has ${largest.count}.`;
  return [{ code: 'class_imbalance', detail, column }];
}

function leak(column: string): ProfileWarning {
  const detail = `${quoted(column)} determines the target nearly perfectly. It may not be known when the model is used.`;
  return { code: 'leakage_suspect', detail, column };
}

function ofColumn(profile: ColumnProfile, { rows, notFinite, notNumeric, type }: Findings): ProfileWarning[] {
  const { name: column, kind, missing, role } = profile;
  const warnings: ProfileWarning[] = [];
  const warn = (code: string, detail: string) => warnings.push({ code, detail: `${quoted(column)} ${detail}`, column });
  if (role === 'target' && missing > 0) {
    warn('target_missing_values', `has no value in ${missing} of ${rows} rows; these cannot be learnt from.`);
  }
  const infinite = notFinite.get(column) ?? 0;
  if (infinite > 0) warn('not_finite_values', `is NaN or infinite in ${infinite} rows, which count as missing.`);
  const others = notNumeric.get(column) ?? 0;
  if (kind === 'text' && others > 0 && others <= (rows - missing) * FEW_OTHERS) {
    warn('mostly_numeric', `is read as text: ${others} of its ${rows - missing} values are no numbers, the rest are.`);
  }
  if (kind === 'empty') warn('empty_column', 'has no value in any row.');
  else if (missing > rows * MOSTLY) warn('mostly_missing', `has no value in ${missing} of ${rows} rows.`);
  if (profile.distinct === 1 && missing === 0) warn('constant_column', 'has the same value in all rows.');
  if (role === 'feature' && isIdentifier(profile, rows, type)) {
    warn(
      'identifier_like',
      'has a value of its own in every row, as an identifier has, and says nothing of other rows.',
    );
  }
  return warnings;
}

function isIdentifier(
  { name, kind, distinct, missing, approximate, longest = 0, min = 0, max = 0 }: ColumnProfile,
  rows: number,
  type: DatasetType,
) {
  if (rows < FEWEST_ROWS_FOR_IDENTIFIERS || missing > 0 || approximate || distinct < rows) return false;
  // Measures may all differ too; what is counted through, or named so, is none.
  if (kind === 'integer') return max - min === rows - 1 || /(^|[^a-z])(id|no|nr|key|index)$/i.test(name);
  return kind === 'text' && type !== DatasetType.Nlp && longest <= LONGEST_IDENTIFIER;
}
