import type { AlertAction } from '../../jobs/alerting/alert-action-kind.js';
import { AlertKind } from '../../jobs/alerting/alert-kind.js';
import type { AlarmSettings, AlertSettings } from '../../jobs/alerting/alert-settings.js';
import { Alarm } from './alarm.js';
import { AccuracyDropDetector } from './detectors/accuracy-drop.js';
import type { Detector } from './detectors/detector.js';
import { DivergenceDetector } from './detectors/divergence.js';
import { OverfittingDetector } from './detectors/overfitting.js';
import { PlateauDetector } from './detectors/plateau.js';
import { RuleDetector } from './detectors/rule.js';
import { SlowEpochsDetector } from './detectors/slow-epochs.js';
import type { Point } from './point.js';

/** An alert fires, or what it was about has passed. */
export interface Transition {
  change: 'fired' | 'resolved';
  rule: string;
  kind: AlertKind;
  action: AlertAction;
  epoch: number;
  /** For people. */
  detail: string;
  observed: number | null;
  limit: number | null;
}

interface Watched {
  rule: string;
  kind: AlertKind;
  action: AlertAction;
  detector: Detector;
  alarm: Alarm;
}

/** Looks at a run's epochs one after the other. What it says of them depends on the series alone. */
export class SeriesWatch {
  private readonly watched: readonly Watched[];

  /** `epochMs`: expected milliseconds of an epoch. */
  constructor(settings: AlertSettings, { epochMs }: { epochMs: number }) {
    const { divergence, overfitting, plateau, accuracyDrop, slowEpochs, rules } = settings;
    const builtIn: [AlertKind, AlarmSettings, Detector][] = [
      [AlertKind.Divergence, divergence, new DivergenceDetector(divergence)],
      [AlertKind.Overfitting, overfitting, new OverfittingDetector(overfitting)],
      // Longer than a window a sudden stop cannot be told from a slow one.
      [
        AlertKind.Plateau,
        { ...plateau, patience: Math.min(plateau.patience, plateau.window) },
        new PlateauDetector(plateau),
      ],
      [AlertKind.AccuracyDrop, accuracyDrop, new AccuracyDropDetector(accuracyDrop)],
      [AlertKind.SlowEpochs, slowEpochs, new SlowEpochsDetector(slowEpochs, epochMs)],
    ];
    const own = rules.map((rule): [AlertKind, AlarmSettings, Detector, string] => [
      ...([AlertKind.Custom as const, rule, new RuleDetector(rule)] as [AlertKind, AlarmSettings, Detector]),
      rule.name,
    ]);
    this.watched = [...builtIn, ...own]
      .filter(([, { enabled }]) => enabled)
      .map(([kind, alarm, detector, rule = kind]) => ({
        ...{ rule, kind, action: alarm.action },
        ...{ detector, alarm: new Alarm(alarm) },
      }));
  }

  observe(point: Point): Transition[] {
    return this.watched.flatMap(({ rule, kind, action, detector, alarm }) => {
      const finding = detector.look(point);
      const change = alarm.hear(finding);
      if (!change || !finding) return [];
      const [observed, limit] = [finding.observed, finding.limit].map((n) => (Number.isFinite(n) ? n : null));
      const detail = finding.detail();
      return [{ change, rule, kind, action, epoch: point.epoch, detail, observed: observed!, limit: limit! }];
    });
  }
}

/** Everything that a whole series gives rise to, in its order. */
export function transitionsOf(
  settings: AlertSettings,
  context: { epochMs: number },
  series: Iterable<Point>,
): Transition[] {
  const watch = new SeriesWatch(settings, context);
  return [...series].flatMap((point) => watch.observe(point));
}
