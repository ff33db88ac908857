import { Inject, Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { POOL } from '../../../database/database.module.js';
import { AlertAction } from '../../jobs/alerting/alert-action-kind.js';
import type { AlertKind } from '../../jobs/alerting/alert-kind.js';
import { CANCEL, PAUSE } from '../../jobs/job-control.statements.js';
import { persistently } from '../persistently.js';
import type { Run } from '../run.js';
import { RAISE, RAISED, RESOLVE } from './alerting.statements.js';

/** An alert as a run raises it. */
export interface Raised {
  rule: string;
  kind: AlertKind;
  action: AlertAction;
  /** The same for what is the same alert, whoever raises it. */
  occurrence: string;
  epoch: number;
  /** For people. */
  detail: string;
  observed: number | null;
  bound: number | null;
}

export interface KnownAlert {
  rule: string;
  occurrence: string;
  state: string;
}

const ACTIONS: Readonly<Partial<Record<AlertAction, string>>> = {
  [AlertAction.Pause]: PAUSE,
  [AlertAction.Cancel]: CANCEL,
};

/** Puts on record what is wrong with a run, and does what was asked for, in one transaction. */
@Injectable()
export class AlertWriter {
  private readonly logger = new Logger('Alerts');

  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @InjectDataSource() private readonly source: DataSource,
  ) {}

  async known(run: Run): Promise<KnownAlert[]> {
    return persistently(async () => (await this.pool.query<KnownAlert>(RAISED, [run.id])).rows);
  }

  /** Does nothing for an alert that was raised before, or where the run is no longer this attempt's. */
  async raise(run: Run, alert: Raised): Promise<void> {
    const { rule, kind, action, occurrence, epoch, detail, observed, bound } = alert;
    const id = await this.surely(() =>
      this.source.transaction(async (transaction) => {
        const values = [run.id, run.attempt, rule, kind, action, occurrence, epoch, detail, observed, bound];
        const [raised] = await transaction.query<{ id: string; tenantId: string }[]>(RAISE, values);
        const statement = ACTIONS[action];
        if (raised && statement) await transaction.query(statement, [run.id, raised.tenantId]);
        return raised?.id;
      }),
    );
    if (id) this.logger.warn({ msg: 'Alert', alertId: id, rule, kind, action, epoch, detail });
  }

  async resolve(run: Run, rules: readonly string[], epoch: number): Promise<void> {
    const values = [run.id, run.attempt, rules, epoch];
    const resolved = await this.surely(async () => (await this.pool.query<{ rule: string }>(RESOLVE, values)).rows);
    for (const { rule } of resolved ?? []) this.logger.log({ msg: 'Alert resolved', rule, epoch });
  }

  /** Not while the database is away; and what it refuses must not end a run that trains well. */
  private async surely<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await persistently(work);
    } catch (error) {
      this.logger.error(error);
      return undefined;
    }
  }
}
