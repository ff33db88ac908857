import type { HistoryPoint } from './history.js';
import { largestTriangles } from './lttb.js';
import type { Series } from './series.js';

/**
 * At most `most` (2 or more) of the points, in their order: the first, the last, and of each series those that LTTB
 * chooses; what lies between the ends is shared out evenly. A series without values gets no share.
 */
export function thinByTriangles<T extends HistoryPoint>(
  points: readonly T[],
  by: readonly Series[],
  most: number,
): T[] {
  if (points.length <= most) return [...points];
  const ends = [points[0]!, points.at(-1)!];
  const curves = by.map((series) => curveOf(points, series)).filter((curve) => curve.length > 0);
  const share = Math.floor((most - ends.length) / curves.length);
  const kept = new Set(ends);
  for (const curve of curves) {
    const common = curve.filter(({ point }) => ends.includes(point)).length;
    const chosen = largestTriangles(curve, share + common).filter(({ point }) => !ends.includes(point));
    // A curve that lacks an end of the points has one of its own, which LTTB gives however few it may.
    for (const { point } of chosen.slice(0, share)) kept.add(point);
  }
  return points.filter((point) => kept.has(point));
}

function curveOf<T extends HistoryPoint>(points: readonly T[], series: Series) {
  return points.flatMap((point) => {
    const y = point[series];
    return typeof y === 'number' ? [{ x: point.epoch, y, point }] : [];
  });
}
