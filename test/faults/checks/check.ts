import type { Scene } from '../kinds/scene.js';
import { layOut } from './evidence.js';
import { INVARIANTS } from './invariants.js';
import { recoveries, slowestRecoveries, type Recovery, type SlowRecovery } from './recovery.js';

export interface Violation {
  invariant: string;
  row: Record<string, unknown>;
  /** What the processes told about the job. */
  log: string[];
}

export interface Verdict {
  violations: Violation[];
  recoveries: Recovery[];
  slowest: SlowRecovery[];
  /** Jobs by how they ended. */
  endings: Record<string, number>;
}

/** Reads the database, the ledger and the disk; changes nothing. */
export async function check(scene: Scene): Promise<Verdict> {
  const client = await scene.bed.database.pool.connect();
  try {
    await layOut(client, scene);
    const violations: Violation[] = [];
    for (const { name, sql } of INVARIANTS) {
      const { rows } = await client.query<Record<string, unknown>>(sql).catch((error: Error) => {
        throw new Error(`${name}: ${error.message}`, { cause: error });
      });
      for (const row of rows) {
        violations.push({ invariant: name, row, log: scene.bed.journal.about(String(row.job_id)) });
      }
    }
    const { rows } = await client.query<{ ending: string; jobs: number }>(
      `SELECT CASE WHEN status = 'failed' THEN status || ' ' || error_code ELSE status END AS ending, count(*)::int AS jobs
       FROM training_jobs GROUP BY 1 ORDER BY 2 DESC`,
    );
    const endings = Object.fromEntries(rows.map(({ ending, jobs }) => [ending, jobs]));
    return { violations, endings, recoveries: await recoveries(client), slowest: await slowestRecoveries(client, 3) };
  } finally {
    client.release(true);
  }
}
