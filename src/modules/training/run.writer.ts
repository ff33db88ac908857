import { Inject, Injectable, Logger } from '@nestjs/common';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { JobPhase } from '../jobs/job-state.js';
import { BlockWriter } from './blocks/block.writer.js';
import { keepLease } from './lease.js';
import type { Change } from './recorder/change.js';
import { persistently } from './persistently.js';
import { Recorder } from './recorder/recorder.js';
import type { Run } from './run.js';
import { RunProtocol } from './run.protocol.js';
import { Seclusion } from './seclusion.js';
import { StopRun } from './stop.js';
import type { TimeLeft } from './time-left.js';
import type { TrainingPlan, TrainingReport } from './trainer.js';
import { PassingFailureError } from './training.errors.js';

/** Progress is logged each time it passes another tenth. */
const LOG_STEP_PERCENT = 10;

/** Puts what an engine reports into the run's rows, and finds out what it means when the guard says no. */
@Injectable()
export class RunWriter {
  private readonly logger = new Logger(RunWriter.name);
  private readonly underWay = new WeakMap<Run, Promise<void>>();

  constructor(
    private readonly recorder: Recorder,
    private readonly blocks: BlockWriter,
    private readonly protocol: RunProtocol,
    private readonly seclusion: Seclusion,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /** Announces a run and keeps its lease until what is returned is called. `onRefused`: its row may not be written to. */
  begin(run: Run, onRefused: () => void): () => void {
    this.recorder.open(run);
    const letGo = keepLease(run, this.recorder, this.environment.LEASE_MS, onRefused);
    return () => {
      letGo();
      this.recorder.close(run);
    };
  }

  /** Resolves when the report is committed. Throws StopRun when the run may not go on. */
  async report(run: Run, plan: TrainingPlan, report: TrainingReport, timeLeft: TimeLeft): Promise<void> {
    if (report.kind === 'phase') return this.phase(run, report.phase);
    if (report.kind === 'batch') {
      const batch = Math.min(report.batch, plan.totalBatches);
      return this.write(run, { batch, phase: JobPhase.Training, timeRemaining: timeLeft.withinEpoch() });
    }
    const timeRemaining = timeLeft.afterEpoch(report.epoch, report.validationLoss);
    const change: Change = { epoch: report, timeRemaining, batch: plan.totalBatches, phase: JobPhase.Training };
    if (run.trace) await run.trace.epoch(report.epoch, (span) => this.write(run, { ...change, span }));
    else await this.write(run, change);
    this.blocks.committed(run.id, report.epoch);
    run.currentEpoch = report.epoch;
    this.seclusion.lift(run.id);
    this.log(report.epoch, plan.totalEpochs, report.loss, report.validationLoss);
  }

  phase(run: Run, phase: JobPhase): Promise<void> {
    return this.write(run, { phase });
  }

  /** Why the run may not go on, or null while it may. */
  async verdict(run: Run): Promise<StopRun | null> {
    const { standing } = await this.protocol.inspect(run);
    return standing === 'mine' ? null : new StopRun(standing);
  }

  /** Resolves when the run's write under way, if there is one, was committed or refused. */
  async settled(run: Run): Promise<void> {
    await this.underWay.get(run)?.catch(() => {});
  }

  private async write(run: Run, change: Change): Promise<void> {
    const writing = this.untilWritten(run, change);
    this.underWay.set(run, writing);
    await writing;
  }

  private async untilWritten(run: Run, change: Change): Promise<void> {
    while ((await this.recorder.record(run, change)) === 'refused') {
      const { standing, currentEpoch } = await persistently(() => this.protocol.inspect(run));
      if (standing !== 'mine') throw new StopRun(standing);
      // An earlier try was committed after all, although its answer got lost.
      if (change.epoch && currentEpoch >= change.epoch.epoch) return;
      if (change.epoch && currentEpoch < change.epoch.epoch - 1) {
        const detail = `The database has epoch ${currentEpoch} only: it has lost what was committed.`;
        throw new PassingFailureError('progress_lost', detail);
      }
      // Neither: the pause that refused it was withdrawn before anybody looked.
    }
  }

  private log(epoch: number, of: number, loss: number, validationLoss: number): void {
    const tenths = (at: number) => Math.floor((100 * at) / of / LOG_STEP_PERCENT);
    if (tenths(epoch) > tenths(epoch - 1))
      this.logger.log({ msg: 'Training progress', epoch, of, loss, validationLoss });
  }
}
