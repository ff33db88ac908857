import type { ContentProblem, InspectionTask } from '../inspection.js';
import { quoted, rejected } from './problems.js';

/** Names as they are in the content against what the dataset declares. */
export function declaredProblems(names: readonly string[], task: InspectionTask): ContentProblem[] {
  const present = new Set(names);
  const missing = (code: string, what: string, name: string): ContentProblem => ({
    code,
    detail: `${what} ${quoted(name)} is no column of the content. ${hint(name, names)}`,
    column: name,
  });
  const { features, targetColumn } = task;
  return [
    ...(features ?? []).filter((name) => !present.has(name)).map((name) => missing('feature_missing', 'Feature', name)),
    ...(targetColumn !== null && !present.has(targetColumn)
      ? [missing('target_missing', 'The target', targetColumn)]
      : []),
  ];
}

/** −1: there is no target. */
export function targetIndex(names: readonly string[], { targetColumn }: Pick<InspectionTask, 'targetColumn'>): number {
  return targetColumn === null ? -1 : names.indexOf(targetColumn);
}

/** Where the names come from a first row, which may hold anything. */
export function headerProblems(names: readonly string[], row: number): ContentProblem[] {
  const seen = new Set<string>();
  return names.flatMap((name, index): ContentProblem[] => {
    if (name.trim() === '') {
      return [{ code: 'header_empty', detail: `Column ${index + 1} has no name in the header.`, row }];
    }
    const repeats = seen.has(name);
    seen.add(name);
    const detail = `Column ${index + 1} has the name ${quoted(name)}, which an earlier column has.`;
    return repeats ? [{ code: 'header_duplicate', detail, row, column: name }] : [];
  });
}

/** As many characters as a declared name may have: names are in every answer. */
export const LONGEST_NAME = 200;

export function refuseLongNames(names: readonly string[], where: { row?: number } = {}): void {
  const long = names.find((name) => name.length > LONGEST_NAME);
  if (long === undefined) return;
  const detail = `The column ${quoted(long)} has a name of ${long.length} characters; at most ${LONGEST_NAME} can be used.`;
  throw rejected('column_name_too_long', detail, where);
}

/** For formats in which nothing but the name tells columns apart. */
export function refuseNameless(names: readonly string[]): void {
  const index = names.findIndex((name) => name.trim() === '');
  if (index >= 0) throw rejected('header_empty', `Column ${index + 1} has no name.`);
}

export function refuseTooMany(count: number, most: number): void {
  if (count <= most) return;
  throw rejected('too_many_columns', `The content has ${count} columns; at most ${most} can be used.`);
}

const MOST_LISTED = 10;

/** Names are compared as they are; what differs in case and punctuation alone is most likely meant. */
function hint(name: string, names: readonly string[]): string {
  const near = names.find((candidate) => bare(candidate) === bare(name));
  if (near === undefined) {
    const listed = names.slice(0, MOST_LISTED).map(quoted).join(', ');
    const more = names.length > MOST_LISTED ? ` and ${names.length - MOST_LISTED} more` : '';
    return `Its columns are ${listed}${more}.`;
  }
  if (near.trim() === near) return `Did you mean ${quoted(near)}?`;
  return `${quoted(near)} is; rename it: a declared name cannot begin or end with blanks.`;
}

function bare(name: string): string {
  return name.toLowerCase().replace(/[\s_.-]+/g, '');
}
