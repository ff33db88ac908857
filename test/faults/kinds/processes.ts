import { eventually } from '../../support/eventually.js';
import type { Member } from '../bed/member.js';
import type { FaultKind } from './kind.js';
import type { Interruption } from './interruptions.js';
import type { Scene } from './scene.js';

/** `kill -9`: no handler runs, no lease is released. The member comes back by itself. */
export const WORKER_KILLED: FaultKind = {
  name: 'worker killed',
  async strike(scene, chance) {
    const taken = await scene.takeWorker(chance);
    if (!taken) return null;
    const { member, release } = taken;
    const noted = await scene.interruptions.note(this.name, scene.interruptions.heldBy(member.life));
    const { process, name } = member.kill('SIGKILL');
    return { what: `${name}, ${noted.length} runs`, lasts: process.ended, heal: async () => release() };
  },
};

/** Its runs are handed back, and no failure is counted. */
export const WORKER_TERMINATED: FaultKind = {
  name: 'worker terminated',
  async strike(scene, chance) {
    const taken = await scene.takeWorker(chance);
    if (!taken) return null;
    const { member, release } = taken;
    const noted = await scene.interruptions.note(this.name, scene.interruptions.heldBy(member.life));
    const { name } = member.life;
    return { what: `${name}, ${noted.length} runs`, lasts: member.terminate(), heal: async () => release() };
  },
};

/**
 * Stopped past its lease and woken again, often just when another has taken over: the zombie must write nothing. It
 * lasts at most six seconds.
 */
export const WORKER_STOPPED: FaultKind = {
  name: 'worker stopped and woken',
  async strike(scene, chance) {
    const taken = await scene.takeWorker(chance);
    if (!taken) return null;
    const { member, release } = taken;
    const { life } = member;
    const noted = await scene.interruptions.note(this.name, scene.interruptions.heldBy(life));
    const over = life.harm('stopped');
    life.process.kill('SIGSTOP');
    const takenOver = () => isTakenOver(scene, noted).catch(() => false);
    const atTakeover = chance.yes(0.7) && noted.length > 0;
    const lasts = atTakeover
      ? eventually(takenOver, 'somebody takes over', 6_000).catch(() => {})
      : scene.lasting(chance, 2_500, 5_000);
    const heal = async () => {
      life.process.kill('SIGCONT');
      over();
      release();
    };
    return { what: `${life.name}, ${noted.length} runs`, lasts, heal };
  },
};

async function isTakenOver(scene: Scene, noted: readonly Interruption[]): Promise<boolean> {
  const { bed } = scene;
  const rows = await bed.database.rows<{ id: string; attempt: number }>(
    'SELECT id, attempt FROM training_jobs WHERE id = ANY($1)',
    [noted.map(({ jobId }) => jobId)],
  );
  return noted.some(({ jobId, attempt }) => rows.some((row) => row.id === jobId && row.attempt > attempt));
}

const apiStruck = (name: string, end: (member: Member) => Promise<unknown>): FaultKind => ({
  name,
  async strike(scene, chance) {
    const taken = scene.takeApi(chance);
    if (!taken) return null;
    const { member, release } = taken;
    return { what: member.life.name, lasts: end(member), heal: async () => release() };
  },
});

export const API_KILLED = apiStruck('api killed', (member) => member.kill('SIGKILL').process.ended);
export const API_TERMINATED = apiStruck('api terminated', (member) => member.terminate());
