import type { Member } from '../bed/member.js';
import { eventually } from '../../support/eventually.js';
import { momentary, type FaultKind, type Struck } from './kind.js';
import type { Scene } from './scene.js';

/**
 * The API dies after a start was committed and answered, and before the queue knows: `block` keeps the queue from
 * accepting anything meanwhile.
 */
async function killBetween(
  scene: Scene,
  member: Member,
  block: (work: () => Promise<void>) => Promise<void>,
): Promise<Struck | null> {
  const { load } = scene;
  const key = `undelivered-${Date.now()}`;
  const datasetId = await readyDataset(scene);
  if (!datasetId) return null;
  const body = { name: key, modelId: 'undelivered', modelType: 'xgboost', datasetId, hyperparameters: { epochs: 5 } };
  const create = { action: 'create-job', key, method: 'POST', path: '/jobs', body, api: member } as const;
  const id = (await load.customer.ask(create))?.id;
  if (!id) return null;
  let killed = false;
  const strike = async () => {
    const start = { action: 'start', key, method: 'POST', path: `/jobs/${id}/start`, id, api: member } as const;
    if ((await load.customer.ask(start))?.status !== 202) return;
    const reserved = `SELECT FROM training_jobs WHERE id = $1 AND dispatch_at > clock_timestamp() AND phase = 'queued'`;
    killed = await eventually(async () => (await scene.bed.database.rows(reserved, [id])).length === 1, key, 2_000);
    const { process } = member.kill('SIGKILL');
    await process.ended;
  };
  await block(strike);
  return killed ? momentary(`${member.name}, job ${id}`) : null;
}

async function readyDataset({ bed }: Scene): Promise<string | undefined> {
  const sql = `SELECT id FROM training_datasets WHERE status = 'ready' LIMIT 1`;
  const rows = await bed.database.rows<{ id: string }>(sql).catch(() => []);
  return rows[0]?.id;
}

export const API_KILLED_BEFORE_DISPATCH: FaultKind = {
  name: 'api killed before dispatch',
  async strike(scene, chance) {
    const occupied = ['database', 'queue'].map((what) => scene.occupy(what));
    const taken = occupied.every(Boolean) ? scene.takeApi(chance) : null;
    try {
      if (!taken) return null;
      const block = scene.bed.redis ? blockRedis(scene) : blockTables(scene, taken.member);
      return await killBetween(scene, taken.member, block);
    } catch {
      return null;
    } finally {
      for (const release of [...occupied, taken?.release]) release?.();
    }
  },
};

/** Writes are held up by Redis; what a dead client had asked for is forgotten. */
const blockRedis = (scene: Scene) => async (work: () => Promise<void>) => {
  const { client } = scene.bed.redis!;
  await client.client('PAUSE', 10_000, 'WRITE');
  try {
    await work();
  } finally {
    await client.client('UNPAUSE');
  }
};

/** The queue's tables are locked; statements of the dead client are ended before the lock is let go. */
const blockTables = (scene: Scene, member: Member) => async (work: () => Promise<void>) => {
  const { pool } = scene.bed.database;
  const client = await pool.connect();
  try {
    await client.query(`BEGIN`);
    await client.query(`LOCK TABLE bullmq.job IN ACCESS EXCLUSIVE MODE`);
    const ports = () => member.ways.database.portsAtServer;
    let last = ports();
    const watch = setInterval(() => (last = [...new Set([...last, ...ports()])]), 20);
    try {
      await work();
    } finally {
      clearInterval(watch);
      await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE client_port = ANY($1)', [last]);
    }
  } finally {
    await client.query('ROLLBACK').catch(() => {});
    client.release();
  }
};
