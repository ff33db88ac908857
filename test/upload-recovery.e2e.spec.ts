import { readFileSync } from 'node:fs';
import path from 'node:path';
import { eventually } from './support/eventually.js';
import { TestPlatform } from './support/platform.js';
import { type DatasetAnswer, declared, filesIn, settled, upload } from './support/uploads.js';

/** Enough for an inspection to last while a test interferes. */
const ROWS = 400_000;

function largeCsv(): string {
  const line = (_: unknown, row: number) => `${row},${(row * 7919) % 1_000},${row % 3 === 0 ? 'a' : 'b'}`;
  return `number,measure,species\n${Array.from({ length: ROWS }, line).join('\n')}\n`;
}

describe('uploads whose worker goes away', () => {
  let platform: TestPlatform;
  let csv: string;

  beforeAll(async () => {
    platform = await TestPlatform.start({ workers: 1 });
    csv = largeCsv();
  });
  afterAll(() => platform.stop());

  /** A dataset that a worker is looking at just now. */
  async function underInspection(): Promise<string> {
    const id = await declared(platform.client);
    expect((await upload(platform.client, id, csv)).status).toBe(202);
    const held = `SELECT FROM training_datasets WHERE id = $1 AND status = 'processing' AND lease_expires_at IS NOT NULL`;
    await eventually(async () => (await platform.database.rows(held, [id])).length === 1, 'a worker looks at it');
    return id;
  }

  it.each(['SIGKILL', 'SIGTERM'] as const)('are looked at by another after %s', async (signal) => {
    const id = await underInspection();
    const worker = platform.workers.at(-1)!;
    const inspectors = await eventually(() => {
      const children = childrenOf(worker.pid);
      return children.length > 0 && children;
    }, 'a process of its own reads the content');
    worker.kill(signal);
    const { code } = await worker.ended;
    if (signal === 'SIGTERM') expect(code).toBe(0);
    await eventually(() => !inspectors.some(isAlive), 'what read the content is gone as well');
    const interrupted = await platform.client.get<DatasetAnswer>(`/datasets/${id}`);
    expect(interrupted.body.status).toBe('processing');
    await platform.addWorker();
    expect(await settled(platform.client, id)).toMatchObject({ status: 'ready', size: ROWS });
    // Whatever a worker leaves behind in its folder to look at things is gone as well, but for one that was killed.
    if (signal === 'SIGTERM') expect(scratchOf(platform)).toEqual([]);
  });
});

function scratchOf(platform: TestPlatform): string[] {
  return filesIn(path.join(platform.folder, 'scratch'));
}

function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
