/** The first records of a text, split as CsvScanner does; `whole`: the text ends where the file does. */
export function firstRecords(text: string, delimiter: string, most: number, whole: boolean): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let at = 0;
  while (records.length < most && at < text.length) {
    const field = fieldAt(text, at, delimiter);
    record.push(field.value);
    at = field.end;
    if (text[at] === delimiter) {
      at++;
      if (at < text.length) continue;
      record.push('');
    }
    if (at >= text.length && !whole && records.length > 0) break;
    if (!isBlank(record)) records.push(record);
    record = [];
    if (text.startsWith('\r\n', at)) at++;
    at++;
  }
  return records;
}

function isBlank(record: readonly string[]): boolean {
  return record.length === 1 && /^ *$/.test(record[0]!);
}

/** `end`: where its delimiter or line end is. */
function fieldAt(text: string, start: number, delimiter: string): { value: string; end: number } {
  let at = start;
  if (delimiter !== ' ') while (text[at] === ' ') at++;
  if (text[at] !== '"') {
    const end = endOfPlain(text, at, delimiter);
    return { value: text.slice(start, end), end };
  }
  let close = at;
  do {
    close = text.indexOf('"', close + 1);
    if (close < 0) return { value: text.slice(at + 1), end: text.length };
  } while (text[close + 1] === '"' && ++close);
  const value = text.slice(at + 1, close).replaceAll('""', '"');
  return { value, end: endOfPlain(text, close + 1, delimiter) };
}

function endOfPlain(text: string, start: number, delimiter: string): number {
  let at = start;
  while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') at++;
  return at;
}
