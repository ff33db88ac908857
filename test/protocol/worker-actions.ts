import { JobPhase } from '../../src/modules/jobs/job-state.js';
import { HEARTBEAT, type Change } from '../../src/modules/training/recorder/change.js';
import type { TrainingResult } from '../../src/modules/training/run.protocol.js';
import { epochChange } from '../factories/run.factory.js';
import { epochReported, epochsTrained } from './model.js';
import type { Action, Outcome } from './moment.js';
import type { Step } from './step.js';
import { LEASE_MS, type Held, type Standing, type Worker, type World } from './world.js';

export const FAILURE = { code: 'engine_failed', message: 'It failed.', mayPass: true };
const BACKOFF = { first: LEASE_MS, longest: LEASE_MS };

function resultOf(epochs: number): TrainingResult {
  return {
    metrics: { loss: 0.1, validationLoss: 0.2, epochs },
    performance: { accuracy: 0.9, latency: 5, throughput: 100, memoryUsage: 64 },
    artefact: { path: 'm/a.json', size: 2, sha256: 'ab' },
  };
}

/** Claims a delivery; the run is remembered as this worker's, whatever becomes of it. */
export async function claim(world: World, worker: Worker, jobId: string, generation: number): Promise<boolean> {
  const run = await worker.runs.claim(jobId, generation, worker.id, LEASE_MS, world.withinQuotas);
  if (run) world.held.push({ run, worker });
  return run !== null;
}

export async function record({ run, worker }: Held, change: Change): Promise<boolean> {
  const written = (await worker.recorder.record(run, change)) === 'written';
  if (written && change.epoch) run.currentEpoch = change.epoch.epoch;
  return written;
}

export async function complete({ run, worker }: Held, epochs: number): Promise<boolean> {
  return (await worker.runs.complete(run, resultOf(epochs))) !== null;
}

/** An action of an attempt, which may have lost its run long ago. */
const by =
  (act: (held: Held, job: Standing, step: Step) => Promise<Outcome>): Action =>
  (moment, step) => {
    const held = moment.attempt(step);
    return held ? act(held, moment.job(step), step) : Promise.resolve(null);
  };

export const WORKER_ACTIONS = {
  claim: (moment, step) => {
    const { id, generation } = moment.job(step);
    return claim(moment.world, moment.worker(step), id, generation - Number(step.odd));
  },
  deliver: async ({ world }, step) => {
    const delivery = world.trainingQueue.take(step.job, step.odd);
    if (!delivery) return null;
    await claim(world, world.workers[step.worker]!, delivery.jobId, delivery.generation);
    return null;
  },
  epoch: by((held, job, step) => record(held, epochChange(epochReported(held, job, step)))),
  heartbeat: by((held) => record(held, HEARTBEAT)),
  saving: by((held) => record(held, { phase: JobPhase.Saving })),
  complete: by((held, job, step) => complete(held, epochsTrained(held, job, step))),
  release: by(async ({ run, worker }) => (await worker.runs.release(run)) !== null),
  retry: by(async ({ run, worker }) => (await worker.runs.retry(run, FAILURE, BACKOFF)) !== null),
  fail: by(async ({ run, worker }) => (await worker.runs.fail(run, FAILURE)) !== null),
  'end-cancelled': by(({ run, worker }) => worker.runs.cancelled(run)),
} satisfies Record<string, Action>;
