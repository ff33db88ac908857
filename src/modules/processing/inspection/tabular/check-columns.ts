import type { ContentProblem, InspectionTask } from '../inspection.js';
import { quoted, rejected } from './problems.js';

/** Names as they are in the content against what the dataset declares. */
export function declaredProblems(names: readonly string[], task: InspectionTask): ContentProblem[] {
  const present = new Set(names);
  const missing = (code: string, what: string, name: string): ContentProblem => ({
    code,
    detail: `${what} ${quoted(name)} is no column of the content.${hint(name, names)}`,
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

export function refuseTooMany(count: number, most: number): void {
  if (count <= most) return;
  throw rejected('too_many_columns', `The content has ${count} columns; at most ${most} can be used.`);
}

/** Names are compared as they are; what differs in case and blanks alone is most likely meant. */
function hint(name: string, names: readonly string[]): string {
  const near = names.find((candidate) => candidate.trim().toLowerCase() === name.trim().toLowerCase());
  return near === undefined ? ' Names are compared with their case and blanks.' : ` Did you mean ${quoted(near)}?`;
}
