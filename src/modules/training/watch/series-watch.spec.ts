import fc from 'fast-check';
import { AlertAction } from '../../jobs/alerting/alert-action-kind.js';
import {
  type GivenAlertSettings,
  resolveAlertSettings,
  RuleKind,
  RuleMetric,
} from '../../jobs/alerting/alert-settings.js';
import type { Point } from './point.js';
import { SeriesWatch, transitionsOf } from './series-watch.js';

const CONTEXT = { epochMs: 100 };

/** A curve that learns well, with other values where they are given. */
const curve = (epochs: number, bend: (epoch: number) => Partial<Point> = () => ({})): Point[] =>
  Array.from({ length: epochs }, (_, index) => {
    const epoch = index + 1;
    const loss = 0.2 + 0.8 * (1 + epoch / 10) ** -1.3;
    const healthy = {
      epoch,
      loss,
      validationLoss: 1.1 * loss,
      accuracy: 1 - loss / 2,
      learningRate: 0.001,
      durationMs: 100,
    };
    return { ...healthy, ...bend(epoch) };
  });

const told = (series: Point[], given: GivenAlertSettings = {}) =>
  transitionsOf(resolveAlertSettings(given), CONTEXT, series).map(
    ({ rule, change, epoch }) => `${rule} ${change} ${epoch}`,
  );

describe('the watch over a series', () => {
  it('has nothing to say of a run that learns', () => {
    expect(told(curve(500))).toEqual([]);
  });

  it.each<[string, Point[], string[]]>([
    ['a loss that explodes', curve(40, (e) => (e > 20 ? { loss: 1.3 ** (e - 19) } : {})), ['divergence fired 23']],
    ['a loss that is no number', curve(12, (e) => (e === 12 ? { loss: NaN } : {})), ['divergence fired 12']],
    [
      'a validation loss that is infinite',
      curve(5, (e) => (e === 5 ? { validationLoss: Infinity } : {})),
      ['divergence fired 5'],
    ],
    [
      'a loss that explodes and comes back',
      curve(40, (e) => (e > 20 && e < 30 ? { loss: 5 } : {})),
      ['divergence fired 23', 'divergence resolved 34'],
    ],
    ['accuracy that is lost', curve(60, (e) => (e > 40 ? { accuracy: 0.3 } : {})), ['accuracy_drop fired 43']],
    ['epochs that take long', curve(40, (e) => (e > 20 ? { durationMs: 700 } : {})), ['slow_epochs fired 23']],
    [
      'epochs that take long for a while',
      curve(60, (e) => (e > 20 && e < 30 ? { durationMs: 700 } : {})),
      ['slow_epochs fired 23', 'slow_epochs resolved 34'],
    ],
  ])('notices %s', (_, series, expected) => {
    expect(told(series)).toEqual(expected);
  });

  it('notices a validation loss that rises while the training loss falls', () => {
    const series = curve(60, (e) => (e > 30 ? { validationLoss: 0.4 + 0.02 * (e - 30) } : {}));
    expect(told(series)).toEqual([expect.stringMatching(/^overfitting fired 3[5-9]$/)]);
    expect(told(curve(60, (e) => (e > 30 ? { validationLoss: 0.4 + 0.02 * (e - 30), loss: 0.35 } : {})))).toEqual(
      told(curve(60, (e) => (e > 30 ? { loss: 0.35 } : {}))),
    );
  });

  it('notices a loss that all at once stands still, and one that never moved', () => {
    const stuck = curve(20).at(-1)!.loss;
    expect(told(curve(80, (e) => (e > 20 ? { loss: stuck } : {})))).toEqual([
      expect.stringMatching(/^plateau fired 3\d$/),
    ]);
    expect(told(curve(80, () => ({ loss: 0.9 })))).toEqual(['plateau fired 32']);
  });

  it('does not take a learning rate that falls for a plateau, and notices one all the same', () => {
    // Progress is as large as the rate.
    const falling = (lossOf: (e: number) => number) =>
      curve(60, (e) => ({ loss: lossOf(e), learningRate: 0.001 * 0.9 ** e }));
    const slowing = (e: number) => 0.2 + 0.8 * 0.9 ** e;
    expect(told(falling(slowing))).toEqual([]);
    expect(told(falling((e) => slowing(Math.min(e, 20))))).toEqual([expect.stringMatching(/^plateau fired [23]\d$/)]);
    // A rate that is cut to a tenth explains that nothing happens right after it.
    const stuck = curve(20).at(-1)!.loss;
    expect(told(curve(34, (e) => (e > 20 ? { loss: stuck, learningRate: 0.0001 } : {})))).toEqual([]);
  });

  it('is not blinded by a first loss in the thousands', () => {
    const losses = (e: number) => (e <= 20 ? 1000 / e ** 3 : 0.125 * 1.42 ** (e - 20));
    expect(told(curve(40, (e) => ({ loss: losses(e) })))).toEqual([expect.stringMatching(/^divergence fired 3[4-6]$/)]);
  });

  it('says of a busy machine that it is slow only where an epoch takes half a second more', () => {
    expect(told(curve(60, (e) => ({ durationMs: e > 20 ? 90 : 4 })))).toEqual([]);
  });

  it('is silent about what is switched off, and acts as it is told', () => {
    const series = curve(40, (e) => (e > 20 ? { loss: 5 } : {}));
    expect(told(series, { divergence: { enabled: false } })).toEqual([]);
    const settings = resolveAlertSettings({ divergence: { action: AlertAction.Pause, patience: 1 } });
    expect(transitionsOf(settings, CONTEXT, series)).toMatchObject([
      {
        rule: 'divergence',
        epoch: 21,
        action: 'pause',
        observed: 5,
        detail: expect.stringMatching(/^The loss is 5; its best was 0.39/),
      },
    ]);
  });

  it('has rules of a job’s own', () => {
    const rule = { metric: RuleMetric.Accuracy, patience: 1, recovery: 1, cooldown: 0 };
    const rules = [
      { ...rule, name: 'high', kind: RuleKind.Threshold, above: 0.8 },
      { ...rule, name: 'jump', kind: RuleKind.Change, window: 2, above: 0.5 },
      { ...rule, name: 'odd', kind: RuleKind.ZScore, window: 4, below: -3 },
    ];
    const accuracies = [0.5, 0.51, 0.5, 0.51, 0.3, 0.5, 0.9, 0.5];
    const series = curve(8, (e) => ({ accuracy: accuracies[e - 1]! }));
    expect(told(series, { accuracyDrop: { enabled: false }, rules })).toEqual([
      'odd fired 5',
      'odd resolved 6',
      'high fired 7',
      'jump fired 7',
      'high resolved 8',
      'jump resolved 8',
    ]);
  });

  it.each([0.1, 0.5])('takes any change of what was %d all along for more than any z-score', (constant) => {
    const rules = [
      { name: 'odd', metric: RuleMetric.LearningRate, kind: RuleKind.ZScore, above: 4, patience: 1, recovery: 1 },
    ];
    const series = curve(20, (e) => ({ learningRate: e === 15 ? 2 * constant : constant }));
    expect(told(series, { rules })).toEqual(['odd fired 15', 'odd resolved 16']);
    expect(
      told(
        curve(40, () => ({ learningRate: constant })),
        { rules },
      ),
    ).toEqual([]);
  });

  describe('of any series', () => {
    const point = fc.record({
      loss: fc.double({ min: 0, max: 3 }),
      validationLoss: fc.oneof(fc.double({ min: 0, max: 3 }), fc.constant(Infinity)),
      accuracy: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
      learningRate: fc.constantFrom(0, 0.001, 0.01),
      durationMs: fc.option(fc.constantFrom(0, 100, 5_000)),
    });
    const points = fc.array(point, { maxLength: 100 }).map((bends) => curve(bends.length, (e) => bends[e - 1]!));
    const rules = Object.values(RuleMetric).flatMap((metric, i) =>
      Object.values(RuleKind).map((kind, j) => ({
        name: `r${i}${j}`,
        metric,
        kind,
        above: 0.5,
        window: 3,
        patience: 1,
      })),
    );
    const settings = resolveAlertSettings({ rules });

    it('says the same when it comes in two parts, and when it is seen again', () => {
      fc.assert(
        fc.property(points, fc.nat(100), (series, cut) => {
          const watch = new SeriesWatch(settings, CONTEXT);
          const [early, late] = [series.slice(0, cut), series.slice(cut)].map((part) =>
            part.flatMap((p) => watch.observe(p)),
          );
          const atOnce = transitionsOf(settings, CONTEXT, series);
          expect([...early!, ...late!]).toEqual(atOnce);
          expect(transitionsOf(settings, CONTEXT, series.slice(0, cut))).toEqual(early);
        }),
      );
    });

    it('fires and resolves each rule by turns, with figures that can be stored', () => {
      fc.assert(
        fc.property(points, (series) => {
          const transitions = transitionsOf(settings, CONTEXT, series);
          for (const name of new Set(transitions.map(({ rule }) => rule))) {
            const changes = transitions.filter(({ rule }) => rule === name).map(({ change }) => change);
            expect(changes).toEqual(changes.map((_, index) => (index % 2 === 0 ? 'fired' : 'resolved')));
          }
          for (const { observed, limit, detail } of transitions) {
            for (const figure of [observed, limit]) expect(figure === null || Number.isFinite(figure)).toBe(true);
            expect(detail).toMatch(/\.$/);
          }
        }),
      );
    });
  });
});
