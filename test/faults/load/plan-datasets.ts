import type { Chance } from '../chance.js';
import { datasetBody } from '../../factories/dataset.factory.js';

/** Ends in `error` first and is put right later. */
export const MENDED = 'mended';

export interface DatasetPlan {
  /** Also its name. */
  key: string;
  body: Record<string, unknown>;
  /** What it needs to be put right, and when: 0 with the first fault, 1 with the last. */
  mend?: { arrival: number; body: Record<string, unknown> };
  endsReady: boolean;
}

/** Those without a target end in `error`, and so do the jobs that wait for them. */
export function planDatasets(chance: Chance): DatasetPlan[] {
  const good = Array.from({ length: 10 }, (_, index) => ({
    key: `dataset-${index}`,
    body: datasetBody({ name: `dataset-${index}`, size: chance.int(1_000, 50_000) }),
    endsReady: true,
  }));
  const untargeted = (name: string) => datasetBody({ name, targetColumn: undefined });
  return [
    ...good,
    { key: 'broken', body: untargeted('broken'), endsReady: false },
    {
      key: MENDED,
      body: untargeted(MENDED),
      mend: { arrival: chance.real(0.3, 0.7), body: { targetColumn: 'customer_segment' } },
      endsReady: true,
    },
  ];
}
