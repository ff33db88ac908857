import type { Terminal } from '../config/terminal.js';
import { lossChart, ROWS_AROUND_PLOT } from './chart/loss-chart.js';
import { progressLine, statusLine } from './progress-line.js';
import type { RunState } from './run-state.js';

export interface ScreenSize {
  columns: number;
  rows: number;
}

const PLOT_ROWS = [13, 9, 5];
/** What is left of the screen shows notes and what was there before. */
const SHARE_OF_SCREEN = 0.75;
const NARROWEST_CHART = 40;

/** The run in lines that fit the screen: the chart, as large as there is room for, and where the run stands. */
export function picture(run: RunState, screen: ScreenSize, terminal: Terminal): string[] {
  // A full line makes some terminals begin the next one.
  const columns = screen.columns - 1;
  const plotRows = PLOT_ROWS.find((rows) => rows + ROWS_AROUND_PLOT + 1 <= SHARE_OF_SCREEN * screen.rows);
  const isEmpty = run.losses.training.last === undefined && run.losses.validation.last === undefined;
  if (!plotRows || columns < NARROWEST_CHART || isEmpty) return [progressLine(run.progress).slice(0, columns)];
  return [
    ...lossChart(run.losses, run.chartedEpochs, { columns, plotRows }, terminal),
    statusLine(run.progress).slice(0, columns),
  ];
}
