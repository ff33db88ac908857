import { AlertAction } from '../../jobs/alerting/alert-action-kind.js';
import { AlertKind } from '../../jobs/alerting/alert-kind.js';
import type { Run } from '../run.js';
import type { EpochReport, TrainingReport } from '../trainer.js';
import type { Point } from '../watch/point.js';
import type { SeriesWatch, Transition } from '../watch/series-watch.js';
import type { AlertWriter, KnownAlert } from './alert-writer.js';
import { EngineTime } from './engine-time.js';
import { Silence } from './silence.js';

/** Watches one attempt of a run: what its curve shows, and whether it still says anything. */
export class RunWatch {
  /** Rules whose alert is open, on record or about to be. */
  private readonly open: Set<string>;
  /** Those of them that pass with the next epoch. */
  private passing: string[] = [];
  /** The last that each rule said of the epochs before this attempt. */
  private readonly past = new Map<string, Transition>();
  private readonly time = new EngineTime();
  private readonly silence: Silence | null;
  private stalling: Promise<void> | undefined;

  /** `patienceMs`: silence that is taken for a stall; null where it is not watched for. */
  constructor(
    private readonly run: Run,
    private readonly series: SeriesWatch,
    private readonly writer: AlertWriter,
    private readonly known: readonly KnownAlert[],
    patienceMs: number | null,
  ) {
    this.open = new Set(known.filter(({ state }) => state !== 'resolved').map(({ rule }) => rule));
    const onSilence = (ms: number) => () => void (this.stalling = this.stalled(ms));
    this.silence = patienceMs === null ? null : new Silence(patienceMs, onSilence(patienceMs));
  }

  /** An epoch of an earlier attempt. How long it took is not known for sure, and not held against it. */
  recall({ epoch, loss, validationLoss, accuracy, learningRate }: Omit<Point, 'durationMs'>): void {
    const transitions = this.series.observe({ epoch, loss, validationLoss, accuracy, learningRate, durationMs: null });
    for (const transition of transitions) this.past.set(transition.rule, transition);
  }

  /**
   * Takes up what those epochs have shown. An attempt that was lost between an epoch and its alert left that to the next
   * one, which acts on the last epoch alone: and not where a person had the run go on from there.
   */
  async takeUp(): Promise<void> {
    const recorded = new Set(this.known.map(({ rule, occurrence }) => `${rule} ${occurrence}`));
    const holding = [...this.past.values()].filter(({ change }) => change === 'fired');
    for (const transition of holding) {
      if (recorded.has(`${transition.rule} ${occurrenceOf(transition)}`)) continue;
      const acts = transition.epoch === this.run.currentEpoch && this.run.retryOf === null;
      await this.raise(acts ? transition : { ...transition, action: AlertAction.Notify });
    }
    const held = new Set(holding.map(({ rule }) => rule));
    // A stall, a failed attempt, epochs that were slow where the run was before.
    this.passing = [...this.open].filter((rule) => !held.has(rule));
    this.await();
  }

  /** Called as soon as the engine has reported. */
  heard(report: TrainingReport): void {
    this.silence?.rest();
    this.time.stop(report.kind === 'epoch');
  }

  /** Called once a report is persisted, or cannot be. */
  async observe(report: TrainingReport): Promise<void> {
    await this.stalling;
    if (report.kind === 'epoch') await this.judge(report);
    this.await();
  }

  end(): void {
    this.silence?.rest();
  }

  /** The engine is asked for its next report. What it took to write the last one down is not its fault. */
  private await(): void {
    this.silence?.listen();
    this.time.resume();
  }

  private async judge(report: EpochReport): Promise<void> {
    const { epoch, loss, validationLoss, accuracy = null, learningRate } = report;
    const { durationMs } = this.time;
    const transitions = this.series.observe({ epoch, loss, validationLoss, accuracy, learningRate, durationMs });
    const fired = transitions.filter(({ change }) => change === 'fired');
    const passed = transitions.filter(({ change }) => change === 'resolved').map(({ rule }) => rule);
    // What was to pass with this epoch may have come back in it.
    const past = this.passing.splice(0).filter((rule) => fired.every((transition) => transition.rule !== rule));
    const resolved = [...past, ...passed].filter((rule) => this.open.delete(rule));
    if (resolved.length > 0) await this.writer.resolve(this.run, resolved, epoch);
    for (const transition of fired) await this.raise(transition);
  }

  private async raise(transition: Transition): Promise<void> {
    this.open.add(transition.rule);
    const { rule, kind, action, epoch, detail, observed, limit } = transition;
    const occurrence = occurrenceOf(transition);
    await this.writer.raise(this.run, { rule, kind, action, occurrence, epoch, detail, observed, bound: limit });
  }

  /** Under the name that the database gives it too, should the attempt fail of it: one alert, whoever notices first. */
  private async stalled(patienceMs: number): Promise<void> {
    const { attempt, currentEpoch: epoch } = this.run;
    this.open.add(AlertKind.StalledWorker);
    this.passing.push(AlertKind.StalledWorker);
    await this.writer.raise(this.run, {
      rule: AlertKind.StalledWorker,
      kind: AlertKind.StalledWorker,
      action: AlertAction.Notify,
      occurrence: `attempt ${attempt} epoch ${epoch}`,
      epoch,
      detail: `The engine has reported nothing for ${patienceMs} ms, since epoch ${epoch}.`,
      observed: null,
      bound: patienceMs,
    });
  }
}

const occurrenceOf = ({ epoch }: Transition) => `epoch ${epoch}`;
