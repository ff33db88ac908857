import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { removeEmbeddedPostgres } from '../../../src/embedded/server-home.js';
import { withTimeLimit } from '../../../src/queue/time-limit.js';
import { TEST_SECRET } from '../../support/client.js';
import { Command } from '../../support/command.js';
import type { Chance } from '../chance.js';
import { APIS, PLATFORM_SETTINGS, WORKERS, type Backend } from '../settings.js';
import { ArtefactDisk } from './artefact-disk.js';
import { DatabaseServer } from './database-server.js';
import { Journal } from './journal.js';
import { Member } from './member.js';
import { RedisServer } from './redis-server.js';

/** Milliseconds for each step of clearing away. */
const CLEARING_MS = 30_000;

export class RedisMissingError extends Error {}

/** A whole platform to strike at: servers, API and worker processes, and a disk, all of the run's own. */
export class Bed {
  readonly journal = new Journal();
  readonly apis: Member[] = [];
  readonly workers: Member[] = [];
  disk: ArtefactDisk;
  database: DatabaseServer;
  redis: RedisServer | undefined;

  private constructor(
    readonly backend: Backend,
    private readonly folder: string,
  ) {}

  /** `onMade` hears of it before anything is started, so that an interrupted start can be cleared away as well. */
  static async start(backend: Backend, chance: Chance, onMade: (bed: Bed) => void): Promise<Bed> {
    const bed = new Bed(backend, mkdtempSync(path.join(tmpdir(), 'ai-training-faults-')));
    chmodSync(bed.folder, 0o711);
    onMade(bed);
    if (backend === 'redis') bed.redis = await RedisServer.start(path.join(bed.folder, 'redis'));
    if (backend === 'redis' && !bed.redis) throw new RedisMissingError('redis-server is not on the PATH');
    bed.database = await DatabaseServer.start(path.join(bed.folder, 'postgres'));
    bed.disk = ArtefactDisk.make(path.join(bed.folder, 'artefacts'));
    await bed.migrate();
    for (let number = 1; number <= APIS; number++) bed.apis.push(await bed.member(`api-${number}`, 'main', chance));
    for (let number = 1; number <= WORKERS; number++) {
      bed.workers.push(await bed.member(`worker-${number}`, 'worker', chance));
    }
    for (const member of bed.members) member.start();
    await bed.atWork();
    return bed;
  }

  get members(): Member[] {
    return [...this.apis, ...this.workers];
  }

  async atWork(): Promise<void> {
    await Promise.all(this.members.map((member) => member.atWork()));
  }

  /** Ends all processes of the platform in order; the servers stay, to be looked into. */
  async retireMembers(): Promise<void> {
    await Promise.all(this.members.map((member) => member.retire()));
  }

  /** Ends and removes everything. May be called at any moment. */
  async clear(): Promise<void> {
    for (const member of this.members) member.abandon();
    // Neither may be there yet when a start is interrupted.
    const { database, disk }: Partial<Pick<Bed, 'database' | 'disk'>> = this;
    const steps: [what: string, step: () => unknown][] = [
      ['Redis', () => this.redis?.close()],
      ['PostgreSQL', () => database?.close()],
      ['the disk', () => disk?.remove()],
      ['the database', () => removeEmbeddedPostgres(path.join(this.folder, 'postgres'))],
      ['the folder', () => rmSync(this.folder, { recursive: true, force: true })],
    ];
    // What one of them leaves behind must not keep the others from being cleared away.
    for (const [what, step] of steps) {
      const done = Promise.resolve().then(step);
      await withTimeLimit(done, CLEARING_MS, what).catch((error: Error) =>
        console.log(`not cleared: ${error.message}`),
      );
    }
  }

  private async migrate(): Promise<void> {
    const command = new Command('cli/migrate.js', { DATABASE_URL: this.database.way.url, NODE_ENV: 'test' });
    if ((await command.ended) !== 0) throw new Error(`Migrating failed: ${command.errors.join('\n')}`);
  }

  private async member(name: string, entry: 'main' | 'worker', chance: Chance): Promise<Member> {
    const database = await this.database.wayFor();
    const queue = this.redis ? await this.redis.wayFor() : database;
    const environment = {
      PATH: process.env.PATH,
      ...PLATFORM_SETTINGS,
      JWT_SECRET: TEST_SECRET,
      DATA_DIR: this.folder,
      ARTIFACTS_DIR: this.disk.folder,
      DATABASE_URL: database.url,
      ...(this.redis ? { REDIS_URL: queue.url } : {}),
    };
    return new Member({ name, entry, environment, ways: { database, queue } }, this.journal, chance.fork(name));
  }
}
