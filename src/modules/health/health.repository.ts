import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { POOL } from '../../database/database.module.js';
import { tallied } from '../../database/tallies/tallies.statements.js';
import { IS_ALIVE } from '../workers/worker-state.js';

export interface Counts {
  activeJobs: number;
  totalDatasets: number;
  totalModels: number;
}

@Injectable()
export class HealthRepository {
  constructor(@Inject(POOL) private readonly pool: Pool) {}

  /** Throws when the database does not answer. */
  async ping(): Promise<void> {
    await this.pool.query('SELECT 1');
  }

  async workersAlive(): Promise<number> {
    const { rows } = await this.pool.query<{ alive: number }>({
      name: 'health-workers',
      text: `SELECT count(*)::int AS alive FROM workers WHERE ${IS_ALIVE}`,
    });
    return rows[0]?.alive ?? 0;
  }

  /** Versions of a tenant whose model files were found to be something else than what was stored, or not to be there. */
  async ailingVersions(tenantId: string): Promise<string[]> {
    const { rows } = await this.pool.query<{ name: string }>({
      name: 'health-model-files',
      text: `
        SELECT model_id || ' ' || version AS name FROM model_versions
        WHERE tenant_id = $1 AND artefact_state IN ('damaged', 'missing') ORDER BY id`,
      values: [tenantId],
    });
    return rows.map(({ name }) => name);
  }

  /** What belongs to a tenant. */
  async counts(tenantId: string): Promise<Counts> {
    const { rows } = await this.pool.query<Counts>({
      name: 'health-counts',
      text: `
        SELECT
          (SELECT count(*)::int FROM training_jobs WHERE tenant_id = $1 AND status = 'running') AS "activeJobs",
          ${tallied(`name LIKE 'datasets %'`)} AS "totalDatasets",
          ${tallied(`name = 'models'`)} AS "totalModels"`,
      values: [tenantId],
    });
    return rows[0]!;
  }
}
