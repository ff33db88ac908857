/** A point of a curve. */
export interface CurvePoint {
  x: number;
  y: number;
}

/**
 * Largest-triangle-three-buckets (S. Steinarsson, Downsampling Time Series for Visual Representation, University of
 * Iceland 2013, chapter 4.2): at most `most` of the points, in their order, the first and the last among them from 2 on.
 * Of each bucket in between, the point that spans the largest triangle with the one chosen before and the mean of the
 * next bucket; the earliest of several. The points are in ascending order of x.
 */
export function largestTriangles<T extends CurvePoint>(points: readonly T[], most: number): T[] {
  if (points.length <= most) return [...points];
  if (most < 2) return points.slice(0, most);
  const inner = most - 2;
  const edge = (bucket: number) => 1 + Math.floor((bucket * (points.length - 2)) / inner);
  const chosen = [points[0]!];
  for (let bucket = 0; bucket < inner; bucket++) {
    const next = points.slice(edge(bucket + 1), Math.max(edge(bucket + 2), edge(bucket + 1) + 1));
    const candidates = points.slice(edge(bucket), edge(bucket + 1));
    chosen.push(farthest(candidates, chosen.at(-1)!, meanOf(next)));
  }
  return [...chosen, points.at(-1)!];
}

function meanOf(points: readonly CurvePoint[]): CurvePoint {
  const sum = { x: 0, y: 0 };
  for (const { x, y } of points) {
    sum.x += x / points.length;
    sum.y += y / points.length;
  }
  return sum;
}

function farthest<T extends CurvePoint>(candidates: readonly T[], before: CurvePoint, after: CurvePoint): T {
  let [best] = candidates as [T];
  let largest = -1;
  for (const point of candidates) {
    const area = Math.abs((before.x - after.x) * (point.y - before.y) - (before.x - point.x) * (after.y - before.y));
    if (area > largest) [best, largest] = [point, area];
  }
  return best;
}
