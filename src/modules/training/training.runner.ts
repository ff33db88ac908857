import { Inject, Injectable, Logger } from '@nestjs/common';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { JobPhase } from '../jobs/job-state.js';
import { ActiveRuns } from './active-runs.js';
import { Observations } from './observations.js';
import { assertReport, isBroken } from './report.js';
import type { Run } from './run.js';
import { specOf } from './run.js';
import { RunSettler } from './run.settler.js';
import { RunWriter } from './run.writer.js';
import { StopRun } from './stop.js';
import { runDuration } from './training.metrics.js';
import { Trainer, type TrainedModel, type TrainingPlan } from './trainer.js';
import { Watchdog } from './watchdog.js';

/** Takes a claimed run from its checkpoint to its end, whichever end that is. */
@Injectable()
export class TrainingRunner {
  private readonly logger = new Logger(TrainingRunner.name);

  constructor(
    private readonly trainer: Trainer,
    private readonly writer: RunWriter,
    private readonly observations: Observations,
    private readonly settler: RunSettler,
    private readonly active: ActiveRuns,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  run(run: Run): Promise<void> {
    return this.active.during(run.id, async (abort) => {
      const endOf = runDuration.startTimer({ model_type: run.modelType });
      const letGo = this.writer.begin(run, () => void this.askWhy(run, abort));
      const deadline = atDeadline(run, () => abort.abort(new StopRun('timed_out')));
      try {
        const model = await this.train(run, abort);
        await this.writer.phase(run, JobPhase.Saving);
        await this.settler.complete(run, model);
      } catch (error) {
        // An epoch that is being written when the run is told to stop is not to be trained again.
        await this.writer.settled(run);
        await this.settler.settle(run, error);
      } finally {
        letGo();
        endOf();
        clearTimeout(deadline);
        // The row is settled: whatever the engine still does, it may stop.
        abort.abort(new StopRun('superseded'));
      }
    });
  }

  /** The row refused a heartbeat. While the database cannot tell why, the next heartbeat asks again. */
  private async askWhy(run: Run, abort: AbortController): Promise<void> {
    const stop = await this.writer.verdict(run).catch(() => null);
    if (stop) abort.abort(stop);
  }

  private async train(run: Run, abort: AbortController): Promise<TrainedModel> {
    const plan = this.trainer.plan(specOf(run));
    this.logger.log({ msg: 'Training started', from: run.currentEpoch, of: plan.totalEpochs });
    const watchdog = new Watchdog(this.patience(plan), () => abort.abort(new StopRun('hung')));
    return abortable(this.report(run, plan, watchdog, abort.signal), abort.signal);
  }

  private async report(run: Run, plan: TrainingPlan, watchdog: Watchdog, signal: AbortSignal): Promise<TrainedModel> {
    const { timeLeft, watch } = await this.observations.begin(run, plan);
    const reports = this.trainer.train(plan, run.checkpoint, signal);
    try {
      for (;;) {
        run.trace?.engineAsked();
        const { done, value } = await watchdog.during(() => reports.next());
        if (done) return value;
        watch?.heard(value);
        signal.throwIfAborted();
        if (isBroken(value)) await watch?.observe(value);
        assertReport(value, run.currentEpoch, plan.totalEpochs);
        await this.writer.report(run, plan, value, timeLeft);
        await watch?.observe(value);
      }
    } finally {
      watch?.end();
      // Lets the engine give back what it holds, when it was not the one to end. Not waited for: it may be hung.
      reports.return(undefined as never).catch(() => {});
    }
  }

  /** Milliseconds without a report after which the engine is taken for hung. */
  private patience(plan: TrainingPlan): number {
    return Math.max(this.environment.PROGRESS_TIMEOUT_MS, 10 * plan.epochMs);
  }
}

function atDeadline({ msLeft }: Run, callBack: () => void): NodeJS.Timeout | undefined {
  return msLeft === null ? undefined : setTimeout(callBack, Math.max(0, msLeft));
}

/** Settles with `work`, or as soon as the signal is aborted: an engine that ignores its signal holds nobody up. */
async function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let onAbort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    signal.throwIfAborted();
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
    work.catch(() => {});
  }
}
