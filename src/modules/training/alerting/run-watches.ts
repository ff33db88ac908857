import { Injectable } from '@nestjs/common';
import { resolveAlertSettings } from '../../jobs/alerting/alert-settings.js';
import type { Run } from '../run.js';
import type { TrainingPlan } from '../trainer.js';
import { SeriesWatch } from '../watch/series-watch.js';
import { AlertWriter } from './alert-writer.js';
import { RunWatch } from './run-watch.js';

/** Expected epochs without a word before a run counts as stalled, whatever its settings say. */
const EPOCHS_OF_PATIENCE = 3;

/** Makes the watch over an attempt. */
@Injectable()
export class RunWatches {
  constructor(private readonly writer: AlertWriter) {}

  /** Null where nothing is to be watched: what is trained again to verify a version was watched the first time. */
  async of(run: Run, plan: TrainingPlan): Promise<RunWatch | null> {
    const settings = resolveAlertSettings(run.alertSettings ?? undefined);
    if (run.verifies !== null || !settings.enabled) return null;
    const { enabled, patienceMs } = settings.stalledWorker;
    const patience = enabled ? Math.max(patienceMs, EPOCHS_OF_PATIENCE * plan.epochMs) : null;
    const known = run.attempt > 1 ? await this.writer.known(run) : [];
    return new RunWatch(run, new SeriesWatch(settings, plan), this.writer, known, patience);
  }
}
