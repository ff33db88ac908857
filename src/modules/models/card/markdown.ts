/**
 * What would begin something in Markdown (CommonMark and GitHub's extensions), as references, which never do. Within a
 * word `_` begins nothing, nor does `:` before white space.
 */
const ACTIVE = /[\\`*[\]<>|&~#$@]|:(?!\s|$)|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;
/** A line that ends would end a table; others cannot be seen. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}\s]+/gu;

/** A text that somebody else wrote, fit to stand in a line or a cell. */
export function escaped(text: string): string {
  return text.replace(UNSEEN, ' ').replace(ACTIVE, (character) => `&#${character.codePointAt(0)};`);
}

/** Cells are Markdown; those that are not ours have to be escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A table of names and values; those that are absent are left out. */
export function facts(entries: Readonly<Record<string, string | number | Date | undefined>>): string {
  const known = Object.entries(entries).filter((entry): entry is [string, string | number | Date] => {
    return entry[1] !== undefined;
  });
  return table(
    ['', ''],
    known.map(([name, value]) => [escaped(name), shown(value)]),
  );
}

export function shown(value: string | number | Date): string {
  return value instanceof Date ? value.toISOString() : escaped(String(value));
}
