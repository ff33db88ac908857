import { DatasetSweeps } from '../../src/modules/processing/dataset.sweeps.js';
import { JobSweeps } from '../../src/modules/training/job.sweeps.js';
import { ACTIONS } from './actions.js';
import { Moment } from './moment.js';
import { take, type Name } from './step.js';
import { claim, complete, record } from './worker-actions.js';
import { epochChange } from '../factories/run.factory.js';
import type { World } from './world.js';

/** More than any job needs. */
const MOST_ROUNDS = 12;

/** Time passes for every job, and what is paused is resumed. */
async function onEach(world: World, names: readonly Name[]): Promise<void> {
  for (const name of names) {
    const moment = new Moment(world, await world.standings());
    for (const job of world.jobIds.keys()) await ACTIONS[name](moment, take(name, { job }));
  }
}

/** The queue hands out all it has to workers that do as they should. */
async function work(world: World): Promise<void> {
  const worker = world.workers[0]!;
  for (let delivery = world.datasetQueue.take(0); delivery; delivery = world.datasetQueue.take(0)) {
    const claimed = await worker.datasets.claim(delivery.datasetId, delivery.generation, worker.id, 1_000);
    if (claimed) await worker.datasets.settle(claimed, null);
  }
  for (let delivery = world.trainingQueue.take(0); delivery; delivery = world.trainingQueue.take(0)) {
    if (!(await claim(world, worker, delivery.jobId, delivery.generation))) continue;
    const held = world.held.at(-1)!;
    for (const { run } = held; run.currentEpoch < run.totalEpochs;) {
      if (!(await record(held, epochChange(run.currentEpoch + 1)))) throw new Error(`${run.id} refused its next epoch`);
    }
    if (!(await complete(held, held.run.totalEpochs))) throw new Error(`${held.run.id} refused to complete`);
  }
}

/** With faults over, a reconciler and a worker bring every job that was started to its end; throws when they cannot. */
export async function settleEverything(world: World): Promise<void> {
  const { pool, outboxes, environment } = world;
  const jobs = new JobSweeps(pool, outboxes.training, { ...environment, LEASE_MS: 1 });
  const datasets = new DatasetSweeps(pool, outboxes.datasets, environment);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    await onEach(world, ['resume', 'lease-expires', 'backoff-passes', 'dataset-lease-expires']);
    const settling = { ...datasets.settling(), ...jobs.settling(() => false) };
    for (const sweep of Object.values({ ...settling, ...datasets.feeding(), ...jobs.feeding() })) await sweep();
    await work(world);
    const left = [...(await world.standings()).values()].filter(
      ({ status, phase }) => ['pending', 'running'].includes(status) && phase !== 'created',
    );
    if (left.length === 0) return;
  }
  throw new Error(`Never ended: ${JSON.stringify([...(await world.standings()).values()])}`);
}
