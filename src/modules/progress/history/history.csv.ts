import { Readable } from 'node:stream';
import type { HistoryPoint } from './history.js';
import type { Series } from './series.js';

/** RFC 4180: a line ends with CR and LF. No cell needs quotes: numbers and times have neither commas nor line breaks. */
const END = '\r\n';

type Pieces = AsyncIterable<readonly HistoryPoint[]> | Iterable<readonly HistoryPoint[]>;

/**
 * The header, then a line an epoch; an empty cell where nothing was measured. A piece of the points is asked for when the
 * reader has taken the ones before, and none once the stream is destroyed.
 */
export function csvOf(series: readonly Series[], pieces: Pieces): Readable {
  return Readable.from(text(series, pieces), { objectMode: false });
}

async function* text(series: readonly Series[], pieces: Pieces): AsyncGenerator<string, void, undefined> {
  yield line(['epoch', ...series, 'attempt', 'timestamp']);
  for await (const points of pieces) {
    yield points.map((point) => line(cellsOf(point, series))).join('');
  }
}

function cellsOf(point: HistoryPoint, series: readonly Series[]): unknown[] {
  const measured = series.map((name) => point[name] ?? '');
  return [point.epoch, ...measured, point.attempt, point.timestamp.toISOString()];
}

const line = (cells: readonly unknown[]): string => cells.join(',') + END;
