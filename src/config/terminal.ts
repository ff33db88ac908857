/** What can be shown where the output goes. */
export interface Terminal {
  /** Lines can be written over. */
  redraws: boolean;
  colour: boolean;
  /** Characters beyond ASCII, braille among them. */
  unicode: boolean;
}

/** Of fonts with too few characters, such as the one of the Linux console. */
const ASCII_ONLY = ['dumb', 'linux'];

/** By the conventions of terminals: TERM, the locale's variables and https://no-color.org. */
export function terminalOf(output: { isTTY?: boolean }, variables: NodeJS.ProcessEnv = process.env): Terminal {
  const { TERM = '', NO_COLOR, LC_ALL, LC_CTYPE, LANG, WT_SESSION } = variables;
  const redraws = Boolean(output.isTTY) && TERM !== 'dumb';
  const isUtf8 = /utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || '') || Boolean(WT_SESSION);
  return { redraws, colour: redraws && !NO_COLOR, unicode: isUtf8 && !ASCII_ONLY.includes(TERM) };
}
