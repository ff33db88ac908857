import { withTimeLimit } from '../../../src/queue/time-limit.js';
import { deliver } from '../bed/deliveries.js';
import { momentary, type FaultKind } from './kind.js';

interface StartedRow {
  id: string;
  generation: number;
}

/** The same deliveries again under other ids, current generations and old ones, several times over. */
export const DUPLICATE_DELIVERY: FaultKind = {
  name: 'duplicate delivery',
  async strike(scene, chance) {
    const { database } = scene.bed;
    const rows = await database
      .rows<StartedRow>(
        `SELECT id, generation FROM training_jobs WHERE generation > 0
         ORDER BY status IN ('pending', 'running') DESC, updated_at DESC LIMIT 6`,
      )
      .catch((): StartedRow[] => []);
    if (rows.length === 0) return null;
    const deliveries = rows.flatMap(({ id: jobId, generation }) =>
      Array.from({ length: chance.int(1, 3) }, () => {
        const old = chance.yes(0.4) ? chance.int(0, generation) : generation;
        return { id: `again-${chance.int(0, 1e9)}-${jobId}`, delivery: { jobId, generation: old } };
      }),
    );
    try {
      await withTimeLimit(deliver(scene.bed, deliveries), 3_000, 'Delivering again');
    } catch {
      return null;
    }
    return momentary(`${deliveries.length} deliveries of ${rows.length} jobs`);
  },
};
