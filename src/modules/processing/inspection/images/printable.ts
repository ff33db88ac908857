const MOST_CHARACTERS = 200;

/** A name from foreign content as a problem or a preview may show it: short, and nothing that steers a terminal or a text's direction. */
export function printable(text: string, most = MOST_CHARACTERS): string {
  // Two UTF-16 units make at most one character: no need to split a name of any length.
  const characters = Array.from(text.slice(0, 2 * most))
    .slice(0, most)
    .join('');
  return characters.replace(/[\p{C}\u2028\u2029]/gu, '\uFFFD');
}
