import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { POOL } from '../../../database/database.module.js';
import { resolveAlertSettings } from '../../jobs/alerting/alert-settings.js';
import { persistently } from '../persistently.js';
import type { Run } from '../run.js';
import type { TrainingPlan } from '../trainer.js';
import type { Point } from '../watch/point.js';
import { SeriesWatch, type Transition } from '../watch/series-watch.js';
import { SERIES } from './alerting.statements.js';
import { AlertWriter } from './alert-writer.js';
import { RunWatch } from './run-watch.js';

/** Epochs that are read at a time. */
const PAGE_ROWS = 5_000;
/** Expected epochs without a word before a run counts as stalled, however patient its settings are not. */
const EPOCHS_OF_PATIENCE = 3;

/** Begins to watch a run, where earlier attempts left off. */
@Injectable()
export class RunWatches {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    private readonly writer: AlertWriter,
  ) {}

  /** Null where nothing is to be watched: what is trained again to verify a version was watched the first time. */
  async begin(run: Run, plan: TrainingPlan): Promise<RunWatch | null> {
    const settings = resolveAlertSettings(run.alertSettings ?? undefined);
    if (run.verifies !== null || !settings.enabled) return null;
    const { enabled, patienceMs } = settings.stalledWorker;
    const patience = enabled ? Math.max(patienceMs, EPOCHS_OF_PATIENCE * plan.epochMs) : null;
    const series = new SeriesWatch(settings, plan);
    // Attempts of a retried job go on counting: its first one has no alerts on record either.
    const known = run.attempt > 1 ? await this.writer.known(run) : [];
    const past = await this.past(run, series);
    const watch = new RunWatch(run, series, this.writer, known, patience);
    await watch.takeUp(past);
    return watch;
  }

  /** What the epochs so far have shown. How long they took is not known for sure, and not held against them. */
  private async past(run: Run, series: SeriesWatch): Promise<Transition[]> {
    const transitions: Transition[] = [];
    for (let after = 0; after < run.currentEpoch;) {
      const values = [run.id, after, PAGE_ROWS];
      const { rows } = await persistently(() => this.pool.query<Omit<Point, 'durationMs'>>(SERIES, values));
      if (rows.length === 0) break;
      for (const row of rows) transitions.push(...series.observe({ ...row, durationMs: null }));
      after = rows.at(-1)!.epoch;
    }
    return transitions;
  }
}
