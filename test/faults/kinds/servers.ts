import type { ServerEnd } from '../bed/database-server.js';
import type { FaultKind } from './kind.js';
import { momentary } from './kind.js';

const databaseStruck = (name: string, how: ServerEnd, mostMs: number): FaultKind => ({
  name,
  async strike(scene, chance) {
    const release = scene.occupy('database');
    if (!release) return null;
    const { database } = scene.bed;
    const noted = await scene.interruptions.note(name, scene.interruptions.running());
    const over = scene.outage('database');
    await database.end(how);
    const heal = async () => {
      await database.startAgain();
      over();
      release();
    };
    return { what: `${noted.length} runs`, lasts: scene.lasting(chance, 100, mostMs), heal };
  },
});

/** As by a power cut: recovers from its log. Away for up to four seconds, twice the lease. */
export const DATABASE_KILLED = databaseStruck('database killed', 'SIGKILL', 4_000);
/** A fast shutdown: every connection is cut. */
export const DATABASE_RESTARTED = databaseStruck('database restarted', 'SIGINT', 600);

/** What it held is gone, or as old as when it was last written down. */
export const REDIS_RESTARTED: FaultKind = {
  name: 'redis restarted',
  backend: 'redis',
  async strike(scene, chance) {
    const release = scene.occupy('queue');
    if (!release) return null;
    const { redis } = scene.bed;
    const over = scene.outage('queue');
    const keep = chance.yes(0.4);
    await redis!.end(keep);
    const heal = async () => {
      await redis!.startAgain();
      over();
      release();
    };
    return { what: keep ? 'with its data' : 'empty', lasts: scene.lasting(chance, 100, 3_000), heal };
  },
};

export const REDIS_FLUSHED: FaultKind = {
  name: 'redis flushed',
  backend: 'redis',
  async strike(scene) {
    const release = scene.occupy('queue');
    if (!release) return null;
    const keys = await scene.bed.redis!.client.dbsize();
    await scene.bed.redis!.client.flushall();
    release();
    return momentary(`${keys} keys`);
  },
};
