import fc from 'fast-check';
import { largestTriangles } from './lttb.js';

const CURVE = fc
  .array(fc.double({ noNaN: true, noDefaultInfinity: true }), { maxLength: 300 })
  .map((values) => values.map((y, x) => ({ x, y })));
const MOST = fc.integer({ min: 0, max: 320 });

describe('largest-triangle-three-buckets', () => {
  it('gives as many points as it may, of those that there are, in their order', () => {
    fc.assert(
      fc.property(CURVE, MOST, (points, most) => {
        const chosen = largestTriangles(points, most);
        expect(chosen).toHaveLength(Math.min(points.length, most));
        const places = chosen.map((point) => points.indexOf(point));
        expect(places).toEqual([...new Set(places)].toSorted((a, b) => a - b));
        expect(places).not.toContain(-1);
      }),
    );
  });

  it('keeps the first and the last', () => {
    fc.assert(
      fc.property(CURVE, MOST, (points, most) => {
        fc.pre(points.length >= 2 && most >= 2);
        const chosen = largestTriangles(points, most);
        expect([chosen[0], chosen.at(-1)]).toEqual([points[0], points.at(-1)]);
      }),
    );
  });

  it('keeps a spike on a flat line, wherever it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 998 }), fc.integer({ min: 3, max: 100 }), (spike, most) => {
        const points = Array.from({ length: 1_000 }, (_, x) => ({ x, y: x === spike ? 1 : 0 }));
        expect(largestTriangles(points, most)).toContain(points[spike]);
      }),
    );
  });

  it('chooses the point of each bucket that the triangles say', () => {
    const points = [0, 5, 1, 2, -4, 3, 0].map((y, x) => ({ x, y }));
    expect(largestTriangles(points, 4).map(({ x }) => x)).toEqual([0, 1, 4, 6]);
  });
});
