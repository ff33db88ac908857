const CSI = '\x1b[';
const CLEAR_TO_END_OF_LINE = `${CSI}K`;
const CLEAR_BELOW = `${CSI}J`;

/** Lines that are too long are cut off, not wrapped: a picture's height must be known to be drawn over. */
const [NO_WRAP, WRAP] = [`${CSI}?7l`, `${CSI}?7h`];

export const HIDE_CURSOR = `${CSI}?25l`;
export const SHOW_CURSOR = `${CSI}?25h`;
export const CLEAR_SCREEN = `${CSI}2J${CSI}H`;

/**
 * What to write to a terminal whose cursor stands in the last line of a picture of `height` lines: lines that stay above
 * it, then the next picture. Each line is written over the old one before the rest of that is cleared: nothing flickers.
 */
export function frame(height: number, above: readonly string[], picture: readonly string[]): string {
  const up = height > 1 ? `${CSI}${height - 1}A` : '';
  const notes = above.map((line) => `${line}${CLEAR_TO_END_OF_LINE}\n`).join('');
  const lines = picture.map((line) => line + CLEAR_TO_END_OF_LINE).join('\n');
  return `\r${up}${notes}${NO_WRAP}${lines}${WRAP}${CLEAR_BELOW}`;
}
