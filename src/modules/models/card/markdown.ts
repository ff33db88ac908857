/** A line that ends would end a table; others cannot be seen. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}\s]+/gu;

/** Words of ours, or Markdown that is made of them and of `code`. */
export class Markdown {
  constructor(readonly text: string) {}
}

/** Texts were written by others, unless they are known to be Markdown of ours. */
export type Value = string | number | Date | Markdown;

/**
 * A text that somebody else wrote, for a cell of a table: a code span, in which nothing is a link, a mention, HTML or
 * emphasis. Escaping does not do that: what looks like an address is made a link after references are read.
 */
export function code(text: string): string {
  const line = text
    .replace(UNSEEN, ' ')
    .trim()
    // A table takes the backslash off again. One before it already would leave it to the reader which of them counts.
    .replace(/\\(?=\|)/g, '\\ ')
    .replaceAll('|', '\\|');
  const runs = (line.match(/`+/g) ?? []).map((run) => run.length);
  const fence = '`'.repeat(Math.max(0, ...runs) + 1);
  const room = line === '' || line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${room}${line}${line && room}${fence}`;
}

/** Cells are Markdown; what others wrote has to be `code`. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A table of names, which are Markdown, and values; those that are absent are left out. */
export function facts(entries: Readonly<Record<string, Value | undefined>>): string {
  const known = Object.entries(entries).filter((entry): entry is [string, Value] => entry[1] !== undefined);
  return table(
    ['', ''],
    known.map(([name, value]) => [name, shown(value)]),
  );
}

export function shown(value: Value): string {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Markdown) return value.text;
  return typeof value === 'number' ? String(value) : code(value);
}

/** Several as one, with commas; none: undefined. */
export function list(texts: readonly string[]): Markdown | undefined {
  return texts.length > 0 ? new Markdown(texts.join(', ')) : undefined;
}
