import type { Terminal } from '../../config/terminal.js';
import { ASCII, BRAILLE, type Cell, paint, type Pen } from './canvas.js';
import { type Colour, inColour, type Paint, plain } from './colours.js';
import type { Curve } from './curve.js';
import { labelsOf, type Scale, scaleFor } from './scale.js';
import { trace } from './trace.js';

export interface Losses {
  training: Curve;
  validation: Curve;
}

export interface ChartSize {
  /** Of the whole picture, in characters. */
  columns: number;
  /** Of the plot alone; legend, axis and epochs come on top. One more than a multiple of `ROWS_A_LABEL`. */
  plotRows: number;
}

export const ROWS_A_LABEL = 4;
/** Legend, axis, epochs. */
export const ROWS_AROUND_PLOT = 3;

const EPOCH = 'epoch';
const COLOURS: Colour[] = ['cyan', 'yellow'];
const LINES = { colour: ['⠤⠤', '⠤⠤'], noColour: ['⠤⠤', '⠄⠄'], ascii: ['**', 'oo'] };
const AXES = { unicode: ['┤', '│', '└', '─'], ascii: ['+', '|', '+', '-'] };
/** Narrower plots have no room for an epoch in the middle. */
const MIDDLE_FROM_COLUMNS = 30;

/** Both losses over the epochs from 1 to `lastEpoch`, as lines of text. Without colours validation is dotted. */
export function lossChart(losses: Losses, lastEpoch: number, size: ChartSize, terminal: Terminal): string[] {
  const paintText = terminal.colour ? inColour : plain;
  const pen = terminal.unicode ? BRAILLE : ASCII;
  const [tick, side, corner, floor] = terminal.unicode ? AXES.unicode : AXES.ascii;
  const rows = Array.from({ length: size.plotRows }, (_, row) => row);
  const both = [losses.training, losses.validation].map((curve) => curve.columns(lastEpoch, size.columns));
  const scale = scaleFor(both.flat());
  const labelled = rows.filter((row) => row % ROWS_A_LABEL === 0);
  const labels = labelsOf(
    scale,
    labelled.map((row) => 1 - row / (size.plotRows - 1)),
  );
  const margin = Math.max(EPOCH.length, ...labels.map(({ length }) => length));
  const width = Math.max(1, size.columns - margin - ' |'.length);
  const cells = paint(linesOf(losses, lastEpoch, width, { scale, pen, size, terminal }), size.plotRows, pen);
  return [
    legend(losses, scale, terminal, paintText),
    ...rows.map((row) => {
      const label = row % ROWS_A_LABEL === 0 ? labels[row / ROWS_A_LABEL]! : '';
      return `${label.padStart(margin)} ${label ? tick : side}${cellsText(cells[row]!, paintText)}`.trimEnd();
    }),
    `${' '.repeat(margin)} ${corner}${floor!.repeat(width)}`,
    `${EPOCH.padStart(margin)}  ${epochLabels(lastEpoch, width)}`,
  ];
}

interface Drawing {
  scale: Scale;
  pen: Pen;
  size: ChartSize;
  terminal: Terminal;
}

function linesOf({ training, validation }: Losses, lastEpoch: number, width: number, drawing: Drawing) {
  const { scale, pen, size, terminal } = drawing;
  const height = size.plotRows * pen.dotsDown;
  const line = (curve: Curve, columns: number) => trace(curve.columns(lastEpoch, columns), scale, height);
  const isDotted = !terminal.colour && pen.dotsAcross > 1;
  // Only the first column of dots of each character; it stands for all of them, so that no spike is lost.
  const dotted = () =>
    line(validation, width).flatMap((dots) => [dots, ...Array.from({ length: pen.dotsAcross - 1 }, () => undefined)]);
  const full = width * pen.dotsAcross;
  return [line(training, full), isDotted ? dotted() : line(validation, full)];
}

function legend(losses: Losses, scale: Scale, terminal: Terminal, paintText: Paint): string {
  const samples = terminal.unicode ? (terminal.colour ? LINES.colour : LINES.noColour) : LINES.ascii;
  const entries = Object.entries(losses).map(([name, curve]: [string, Curve], index) =>
    [paintText(samples[index]!, COLOURS[index]), name, curve.last?.toPrecision(4)].filter(Boolean).join(' '),
  );
  return [scale.isLog ? 'loss, logarithmic' : 'loss', ...entries].join('   ');
}

/** Neighbours of one colour share its escape sequences. */
function cellsText(cells: Cell[], paintText: Paint): string {
  let text = '';
  for (let start = 0, end = 0; start < cells.length; start = end) {
    const { line } = cells[start]!;
    while (end < cells.length && cells[end]!.line === line) end += 1;
    const run = cells.slice(start, end).map(({ character }) => character);
    text += paintText(run.join(''), COLOURS[line]);
  }
  return text;
}

function epochLabels(lastEpoch: number, width: number): string {
  const last = String(lastEpoch);
  const middle = Math.round((1 + lastEpoch) / 2);
  const row = Array.from({ length: width }, () => ' ');
  const put = (text: string, column: number) => row.splice(column, text.length, ...text.split(''));
  put('1', 0);
  if (width >= MIDDLE_FROM_COLUMNS && middle > 1 && middle < lastEpoch) {
    const column = ((middle - 1) / (lastEpoch - 1)) * (width - 1);
    put(String(middle), Math.round(column - String(middle).length / 2));
  }
  if (lastEpoch > 1 && width > last.length + 1) put(last, width - last.length);
  return row.join('').trimEnd();
}
