import type { DataSource } from 'typeorm';
import { newId } from '../../src/database/id.js';
import { COPY_HISTORY, HOLD_ENDED, INSERT_AGAIN } from '../../src/modules/jobs/job-again.statements.js';
import type { JobProtocol } from '../../src/modules/jobs/job.protocol.js';
import { DatasetInErrorError } from '../../src/modules/jobs/jobs.errors.js';
import type { Action } from './moment.js';
import { TENANT, type Standing } from './world.js';

const MOST_JOBS = 6;

/** False where the dataset's error stands in the way. */
async function unlessInError(work: () => Promise<unknown>): Promise<boolean> {
  try {
    return (await work()) !== null;
  } catch (error) {
    if (error instanceof DatasetInErrorError) return false;
    throw error;
  }
}

const on =
  (act: (jobs: JobProtocol, job: Standing, source: DataSource) => Promise<unknown>): Action =>
  (moment, step) =>
    unlessInError(() => act(moment.world.jobs, moment.job(step), moment.world.source));

/** Another one for each request. */
const traceOf = (request: string) => `trace of ${request}`;

/** A retry is a job of its own, which later steps may pick. */
const retryOf: Action = async (moment, step) => {
  const { world } = moment;
  const { id: retried, dataset_id } = moment.job(step);
  if (world.jobIds.length >= MOST_JOBS) return null;
  const id = newId('job');
  const made = await unlessInError(() =>
    world.source.transaction(async (transaction) => {
      const ready = await world.jobs.datasetIsReady(transaction, TENANT, dataset_id);
      const [held] = await transaction.query<{ status: string }[]>(HOLD_ENDED, [retried, TENANT]);
      if (!['failed', 'cancelled'].includes(held!.status)) return null;
      await transaction.query(INSERT_AGAIN, [id, retried, step.odd, ready, 'request', null, traceOf(id)]);
      if (step.odd) await transaction.query(COPY_HISTORY, [id, retried]);
      return id;
    }),
  );
  if (made) world.jobIds.push(id);
  return made;
};

/** What clients do, through the API's half of the protocol. */
export const CLIENT_ACTIONS = {
  start: on((jobs, { id, dataset_id }, source) =>
    source.transaction((transaction) =>
      jobs.start(transaction, TENANT, id, dataset_id, { requestId: 'request', traceParent: traceOf(newId('job')) }),
    ),
  ),
  pause: on((jobs, { id }) => jobs.pause(TENANT, id)),
  resume: on((jobs, { id, dataset_id }) => jobs.resume(TENANT, id, dataset_id)),
  cancel: on((jobs, { id }) => jobs.cancel(TENANT, id)),
  'retry-of': retryOf,
} satisfies Record<string, Action>;
