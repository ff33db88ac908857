import type { Dots } from './trace.js';

/** How lines are put into characters. */
export interface Pen {
  /** Dots of a character. */
  dotsAcross: number;
  dotsDown: number;
  /** The character that has these dots of these lines; ' ' where there are none. */
  character(dots: number, line: number): string;
}

/** Dot patterns of Unicode, two columns of four dots each; the bits are in the order of the standard. */
export const BRAILLE: Pen = {
  dotsAcross: 2,
  dotsDown: 4,
  character: (dots) => (dots === 0 ? ' ' : String.fromCodePoint(0x28_00 + dots)),
};

const ASCII_MARKS = ['*', 'o'];

export const ASCII: Pen = {
  dotsAcross: 1,
  dotsDown: 1,
  character: (dots, line) => (dots === 0 ? ' ' : ASCII_MARKS[line]!),
};

/** Bit of a dot by column, then row. */
const BITS = [
  [0x01, 0x02, 0x04, 0x40],
  [0x08, 0x10, 0x20, 0x80],
];

/** A character of the picture, and the number of the line that it belongs to; -1 where it is empty. */
export interface Cell {
  character: string;
  line: number;
}

/** Lines of dots as rows of characters. Where lines share a character it has the dots of both, and belongs to the last. */
export function paint(lines: readonly (Dots | undefined)[][], rows: number, pen: Pen): Cell[][] {
  const width = Math.ceil(Math.max(...lines.map(({ length }) => length)) / pen.dotsAcross);
  const dots = Array.from({ length: rows }, () => Array.from({ length: width }, () => 0));
  const owner = Array.from({ length: rows }, () => Array.from({ length: width }, () => -1));
  lines.forEach((line, number) =>
    line.forEach((covered, x) => {
      for (let y = covered?.from ?? 0; y <= (covered?.to ?? -1); y += 1) {
        const [row, column] = [Math.floor(y / pen.dotsDown), Math.floor(x / pen.dotsAcross)];
        dots[row]![column]! |= BITS[x % pen.dotsAcross]![y % pen.dotsDown]!;
        owner[row]![column] = number;
      }
    }),
  );
  return dots.map((cells, row) =>
    cells.map((cell, column) => {
      const line = owner[row]![column]!;
      return { character: pen.character(cell, line), line };
    }),
  );
}
