const QUOTE = 34;
const BACKSLASH = 92;
const COLON = 58;
const OPENING = [91, 123];
const CLOSING = [93, 125];

/** Where the names of an object begin and end with their quotes, those of nested objects apart; `text` is valid JSON. */
export function* namesOf(text: string): Generator<[start: number, end: number]> {
  let depth = 0;
  let last: [number, number] = [0, 0];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      const start = at;
      at = endOfString(text, at);
      last = [start, at + 1];
    } else if (code === COLON) {
      if (depth === 1) yield last;
    } else if (OPENING.includes(code)) depth++;
    else if (CLOSING.includes(code)) depth--;
  }
}

function endOfString(text: string, start: number): number {
  let end = start;
  let escapes: number;
  do {
    end = text.indexOf('"', end + 1);
    for (escapes = 0; text.charCodeAt(end - 1 - escapes) === BACKSLASH;) escapes++;
  } while (escapes % 2 === 1);
  return end;
}
