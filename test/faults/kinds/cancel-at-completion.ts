import { eventually } from '../../support/eventually.js';
import { momentary, type FaultKind } from './kind.js';

interface FinishingRow {
  id: string;
  name: string;
}

/** A run that has trained its last epochs or is at what comes after them. */
const FINISHING = `
  SELECT id, name FROM training_jobs
  WHERE status = 'running' AND cancel_requested_at IS NULL AND name <> ALL($1)
    AND (current_epoch >= total_epochs - 1 OR phase IN ('evaluating', 'measuring', 'saving'))
  ORDER BY current_epoch DESC LIMIT 1`;

/** Cancels a run just when it ends, through every API at the same moment. */
export const CANCEL_AT_COMPLETION: FaultKind = {
  name: 'cancel at completion',
  async strike(scene) {
    const { database } = scene.bed;
    const { load } = scene;
    // Twins are there to be compared.
    const spared = load.plan.jobs.filter(({ twin }) => twin).map(({ key }) => key);
    const find = () => database.rows<FinishingRow>(FINISHING, [spared]).then(([row]) => row);
    const row = await eventually(() => find().catch(() => undefined), 'a run is about to end', 3_000).catch(() => null);
    if (!row) return null;
    const request = { action: 'cancel', key: row.name, method: 'POST', path: `/jobs/${row.id}/cancel` } as const;
    await Promise.all(load.apis.map((api) => load.customer.ask({ ...request, id: row.id, api })));
    return momentary(row.name);
  },
};
