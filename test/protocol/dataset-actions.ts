import { randomUUID } from 'node:crypto';
import { ContentRepository } from '../../src/modules/datasets/content/content.repository.js';
import { DatasetStatus } from '../../src/modules/datasets/dataset-state.js';
import { DatasetsRepository } from '../../src/modules/datasets/datasets.repository.js';
import { GIVE_UP, RECOVER_EXPIRED } from '../../src/modules/processing/processing.statements.js';
import { QuotasService } from '../../src/modules/quotas/quotas.service.js';
import { sweep } from '../../src/queue/sweep.js';
import type { Action } from './moment.js';
import { LEASE_MS } from './world.js';

const PROBLEM = { code: 'target_column_missing', detail: 'It needs a target.' };

class NotMendable extends Error {}

/** What happens to the one dataset that is not ready from the beginning. */
export const DATASET_ACTIONS = {
  'dataset-claim': async ({ world }, { worker, odd }) => {
    const { id: workerId, datasets } = world.workers[worker]!;
    const delivery = world.datasetQueue.take(0, odd);
    if (!delivery) return null;
    const claimed = await datasets.claim(delivery.datasetId, delivery.generation, workerId, LEASE_MS);
    if (claimed) world.claimedDatasets.push(claimed);
    return null;
  },
  /** Job 0 stands for a problem: one dataset in four is not usable. */
  'dataset-settle': async ({ world }, { worker, age, job }) => {
    const claimed = world.claimedDatasets.at(-1 - age);
    if (!claimed) return null;
    await world.workers[worker]!.datasets.settle(claimed, job === 0 ? { problems: [PROBLEM] } : null);
    return null;
  },
  'dataset-release': async ({ world }, { worker, age }) => {
    const claimed = world.claimedDatasets.at(-1 - age);
    if (claimed) await world.workers[worker]!.datasets.release(claimed, 0);
    return null;
  },
  /** Its content comes, or comes anew. */
  'dataset-upload': async ({ world }) => {
    const object = { key: `${world.datasetId}/content_${randomUUID()}`, size: 1, sha256: '0'.repeat(64) };
    const content = { object, name: null, requestId: null };
    const quotas = new QuotasService(world.source, world.environment);
    await new ContentRepository(world.source, quotas).accept('default', world.datasetId, content);
    return null;
  },
  'dataset-lease-expires': async ({ world }) => {
    await world.database.rows(
      'UPDATE training_datasets SET lease_expires_at = clock_timestamp() WHERE lease_expires_at > clock_timestamp()',
    );
    return null;
  },
  'dataset-recover': async ({ world }) => {
    await sweep(world.pool, GIVE_UP);
    await sweep(world.pool, RECOVER_EXPIRED);
    return null;
  },
  'dataset-mend': async ({ world }) => {
    try {
      await new DatasetsRepository(world.source).revise('default', world.datasetId, (dataset) => {
        if (dataset.status !== DatasetStatus.Error) throw new NotMendable();
        const { name, description, type, size, features, targetColumn, metadata } = dataset;
        const declared = { name, description, type, size, features, targetColumn, metadata };
        return { ...declared, declares: true, process: true, requestId: null };
      });
    } catch (error) {
      if (!(error instanceof NotMendable)) throw error;
    }
    return null;
  },
} satisfies Record<string, Action>;
