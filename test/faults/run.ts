import { setTimeout as pause } from 'node:timers/promises';
import { Client } from '../support/client.js';
import { eventually } from '../support/eventually.js';
import { Bed } from './bed/bed.js';
import { queueState } from './bed/deliveries.js';
import { Chance } from './chance.js';
import { check } from './checks/check.js';
import { StrandedWatch } from './checks/stranded.js';
import { applicableKinds } from './kinds/applicable.js';
import { Scene } from './kinds/scene.js';
import { Storm } from './kinds/storm.js';
import { capabilitiesOf } from './load/capabilities.js';
import { Load } from './load/load.js';
import { Pace } from './load/pace.js';
import { planLoad } from './load/plan.js';
import type { Outcome } from './report.js';
import type { Settings } from './settings.js';

/** Milliseconds in which every job must end once the faults have stopped. */
const SETTLE_MS = 60_000;
/** Milliseconds in which clients get the answers that they still wait for. */
const LAST_ANSWERS_MS = 25_000;
/** Milliseconds of the time allowed that are kept for settling and checking. */
const RESERVE_MS = 60_000;

/** One seed on one backend, from nothing to the verdict. The bed is the caller's to clear, however this ends. */
export async function run(settings: Settings, only: readonly string[], onMade: (bed: Bed) => void): Promise<Outcome> {
  const begun = performance.now();
  const log = (line: string) =>
    console.log(
      `${((performance.now() - begun) / 1000).toFixed(1).padStart(6)} s  ${new Date().toISOString().slice(11, 23)}  ${line}`,
    );
  const chance = new Chance(settings.seed).fork(settings.backend);
  const bed = await Bed.start(settings.backend, chance.fork('bed'), onMade);
  const capabilities = await capabilitiesOf(new Client(bed.apis[0]!.origin!));
  log(
    `ready; the load uses ${
      Object.entries(capabilities)
        .flatMap(([name, is]) => (is ? name : []))
        .join(', ') || 'the basics'
    }`,
  );

  const pace = new Pace();
  const load = new Load(
    planLoad(chance.fork('plan'), settings.jobs, capabilities),
    bed.apis,
    capabilities,
    chance.fork('load'),
    pace,
  );
  const scene = new Scene(bed, load);
  const { kinds, dropped } = applicableKinds(settings.backend, bed.disk.mounted, only);
  const storm = new Storm(kinds, scene, chance.fork('storm'), pace, log);
  const isOver = () => performance.now() - begun > settings.minutes * 60_000 - RESERVE_MS;
  const stranded = new StrandedWatch(bed);
  void stranded.watch();
  const played = load.play();
  await storm.rage(settings.faults, isOver);
  log('the faults are over');
  await settle(scene, played, log);
  log('settled; checking');
  stranded.stop();
  await bed.retireMembers();

  const verdict = await check(scene);
  const { troubles } = bed.journal;
  const durationMs = performance.now() - begun;
  return {
    ...verdict,
    stranded: [...stranded.found.values()],
    settings,
    struck: storm.struck,
    dropped,
    troubles,
    requests: load.ledger.counts,
    durationMs,
  };
}

/** Everybody is back; every client has its answer; every job ends. What does not is the checker's to find. */
async function settle(scene: Scene, played: Promise<void>, log: (line: string) => void): Promise<void> {
  const { bed, load } = scene;
  await bed.atWork();
  log('every process is back');
  await Promise.race([played, pause(LAST_ANSWERS_MS, undefined, { ref: false })]);
  load.end();
  log('every client has its answers');
  await resumePaused(scene);
  const isSettled = async () => (await unsettled(bed)).length === 0;
  await eventually(isSettled, 'every job has ended', SETTLE_MS).catch((error: Error) => log(error.message));
  for (const { id, generation, ...row } of await unsettled(bed)) {
    log(`unfinished: ${id} ${JSON.stringify(row)}`);
    log(`  ${JSON.stringify(await queueState(bed, { id, generation }))}`);
  }
}

/** What clients paused for good goes on now; what was asked to pause must have got there first. */
async function resumePaused({ bed, load }: Scene): Promise<void> {
  if (!load.capabilities.pause) return;
  const inPhase = (phase: string) =>
    bed.database.rows<{ id: string; name: string }>(`SELECT id, name FROM training_jobs WHERE phase = $1`, [phase]);
  await eventually(async () => (await inPhase('pausing')).length === 0, 'what is pausing gets paused').catch(() => {});
  for (const { id, name: key } of await inPhase('paused')) {
    await load.customer.ask({ action: 'resume', key, method: 'POST', path: `/jobs/${id}/resume`, id });
  }
}

interface Unsettled {
  id: string;
  generation: number;
  status: string;
  phase: string | null;
}

function unsettled({ database }: Bed): Promise<Unsettled[]> {
  return database.rows(`
    SELECT id, generation, status, phase, attempt, dispatch_at, lease_expires_at, worker_id, next_attempt_at, failures
    FROM training_jobs WHERE status IN ('pending', 'running') AND phase NOT IN ('created', 'paused')
    UNION ALL SELECT id, generation, status, NULL, attempt, dispatch_at, lease_expires_at, worker_id, NULL, NULL
    FROM training_datasets WHERE status IN ('uploading', 'processing')`);
}
