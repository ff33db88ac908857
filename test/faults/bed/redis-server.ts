import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { Redis } from 'ioredis';
import { freePort } from '../../../src/embedded/free-port.js';
import { Proxy } from '../../support/proxy.js';

/** The run's own Redis, ended and started again on the same port. */
export class RedisServer {
  private child: ChildProcess | undefined;
  private readonly ways: Proxy[] = [];

  private constructor(
    private readonly folder: string,
    private readonly port: number,
    /** The harness's own connection. */
    readonly client: Redis,
  ) {}

  /** Undefined where there is no redis-server on the PATH. */
  static async start(folder: string): Promise<RedisServer | undefined> {
    mkdirSync(folder, { recursive: true });
    const port = await freePort();
    const patience = { lazyConnect: true, retryStrategy: () => 50, maxRetriesPerRequest: null };
    const client = new Redis(`redis://127.0.0.1:${port}`, patience);
    client.on('error', () => {});
    const server = new RedisServer(folder, port, client);
    if (!(await server.startAgain())) return undefined;
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async wayFor(): Promise<Proxy> {
    const way = await Proxy.to(this.url);
    this.ways.push(way);
    return way;
  }

  /** False where it cannot be started at all. Resolves when it answers. */
  async startAgain(): Promise<boolean> {
    if (this.child) return true;
    const flags = ['--port', String(this.port), '--bind', '127.0.0.1', '--dir', this.folder, '--save', ''];
    const child = spawn('redis-server', flags, { stdio: 'ignore' });
    const begun = await Promise.race([once(child, 'spawn'), once(child, 'error').then(() => null)]);
    if (begun === null) return false;
    this.child = child;
    await this.client.ping();
    return true;
  }

  /** As if the machine had lost power: what it held is gone. `keep`: it writes everything down first. */
  async end(keep: boolean): Promise<void> {
    const { child } = this;
    if (!child) return;
    const ended = once(child, 'exit');
    if (keep) await this.client.save();
    child.kill('SIGKILL');
    await ended;
    this.child = undefined;
  }

  async close(): Promise<void> {
    this.client.disconnect();
    await this.end(false);
    for (const way of this.ways) await way.cut();
  }
}
