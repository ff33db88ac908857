import { setImmediate as nextTurn } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { POOL } from '../../database/database.module.js';
import type { RunWatch } from './alerting/run-watch.js';
import { RunWatches } from './alerting/run-watches.js';
import { SERIES, type SeriesRow } from './observations.statements.js';
import { persistently } from './persistently.js';
import type { Run } from './run.js';
import { TimeLeft } from './time-left.js';
import type { TrainingPlan } from './trainer.js';

/** Epochs that are read at a time. */
const PAGE_ROWS = 1_000;
/** Milliseconds after which other runs of the process get their turn. */
const TURN_MS = 10;
/** Epochs from which the pace is taken, where nothing needs more of them. */
const EPOCHS_OF_PACE = 50;

/** What looks on while a run trains. */
export interface Observation {
  timeLeft: TimeLeft;
  /** Null where nothing is watched for. */
  watch: RunWatch | null;
}

/** Begins to observe an attempt, with what the epochs before it have shown. */
@Injectable()
export class Observations {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    private readonly watches: RunWatches,
  ) {}

  async begin(run: Run, plan: TrainingPlan): Promise<Observation> {
    const timeLeft = new TimeLeft(plan);
    const watch = await this.watches.of(run, plan);
    const needsAll = watch !== null || run.configuration.earlyStopping.enabled;
    const from = needsAll ? 0 : Math.max(0, run.currentEpoch - EPOCHS_OF_PACE);
    let previous: SeriesRow | undefined;
    let turn = performance.now();
    for await (const row of this.past(run, from)) {
      const isNext = previous?.attempt === row.attempt && previous.epoch === row.epoch - 1;
      timeLeft.recall(row.validationLoss, isNext ? row.at - previous!.at : null);
      watch?.recall(row);
      previous = row;
      if (performance.now() - turn < TURN_MS) continue;
      await nextTurn();
      turn = performance.now();
    }
    await watch?.takeUp();
    timeLeft.begin(run.currentEpoch);
    return { timeLeft, watch };
  }

  /** The epochs before this attempt, after one of them. */
  private async *past(run: Run, from: number): AsyncGenerator<SeriesRow> {
    for (let after = from; after < run.currentEpoch;) {
      const values = [run.id, after, PAGE_ROWS];
      const { rows } = await persistently(() => this.pool.query<SeriesRow>(SERIES, values));
      if (rows.length === 0) return;
      yield* rows;
      after = rows.at(-1)!.epoch;
    }
  }
}
