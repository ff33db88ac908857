import fc from 'fast-check';
import { ALL_SERIES, Series } from './series.js';
import { thinByTriangles } from './thin-by-triangles.js';

const VALUE = fc.double({ noNaN: true, noDefaultInfinity: true });
const timestamp = new Date(0);

const POINTS = fc
  .array(fc.record({ loss: VALUE, validationLoss: VALUE, accuracy: fc.option(VALUE), learningRate: VALUE }), {
    maxLength: 200,
  })
  .map((values) => values.map((measured, index) => ({ epoch: index + 1, attempt: 1, timestamp, ...measured })));
const BY = fc.subarray([...ALL_SERIES], { minLength: 1 });
const MOST = fc.integer({ min: 2, max: 220 });

describe('thinning by triangles', () => {
  it('gives no more points than it may, of those that there are, in their order, the ends among them', () => {
    fc.assert(
      fc.property(POINTS, BY, MOST, (points, by, most) => {
        const kept = thinByTriangles(points, by, most);
        expect(kept.length).toBeLessThanOrEqual(most);
        const places = kept.map((point) => points.indexOf(point));
        expect(places).toEqual([...new Set(places)].toSorted((a, b) => a - b));
        expect(places).not.toContain(-1);
        if (points.length <= most) expect(kept).toEqual(points);
        else expect([places[0], places.at(-1)]).toEqual([0, points.length - 1]);
      }),
    );
  });

  it('gives no more where a series begins later or ends sooner than the others', () => {
    const points = [null, 0, 0, 0, null].map((accuracy, index) => ({
      ...{ epoch: index + 1, attempt: 1, timestamp, loss: 0, learningRate: 0, accuracy },
    }));
    const by = [Series.Accuracy, Series.LearningRate];
    const lengths = [2, 3, 4].map((most) => thinByTriangles(points, by, most).length);
    expect(lengths).toEqual([2, 2, 3]);
    expect(thinByTriangles(points.slice(0, 3), by, 2)).toEqual([points[0], points[2]]);
  });

  it('leaves the share of a series without values to the others', () => {
    const points = Array.from({ length: 100 }, (_, index) => ({
      ...{ epoch: index + 1, attempt: 1, timestamp, loss: index % 7, accuracy: null },
    }));
    expect(thinByTriangles(points, [Series.Loss, Series.Accuracy], 12)).toHaveLength(12);
    expect(thinByTriangles(points, [Series.Accuracy], 12)).toEqual([points[0], points.at(-1)]);
  });
});
