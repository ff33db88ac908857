import path from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../../src/embedded/embedded-postgres.js';
import { readPostmaster } from '../../../src/embedded/postmaster.js';
import { Proxy } from '../../support/proxy.js';

/** Milliseconds for a query of the harness: none of them may wait for ever on what a fault has left behind. */
const QUERY_MS = 20_000;

/** How a server is ended: at once as by a power cut, or with its connections cut and everything written. */
export type ServerEnd = 'SIGKILL' | 'SIGINT';

/** The run's own PostgreSQL, ended and started again on the same data. It has another port each time; `way` has not. */
export class DatabaseServer {
  private server: EmbeddedPostgres | undefined;
  private readonly followers = new Set<Proxy>();

  private constructor(
    private readonly folder: string,
    /** How the harness itself reaches it: no fault strikes here. */
    readonly way: Proxy,
    readonly pool: pg.Pool,
  ) {}

  static async start(folder: string): Promise<DatabaseServer> {
    const server = await startEmbeddedPostgres({ folder });
    const way = await Proxy.to(server.url);
    const limits = { connectionTimeoutMillis: 2_000, query_timeout: QUERY_MS };
    const pool = new pg.Pool({ connectionString: way.url, max: 6, ...limits });
    pool.on('error', () => {});
    const database = new DatabaseServer(folder, way, pool);
    database.follow(server);
    return database;
  }

  /** A way in for somebody else, which follows the server wherever it goes. */
  async wayFor(): Promise<Proxy> {
    const way = await Proxy.to(this.server!.url);
    this.followers.add(way);
    return way;
  }

  rows<T extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<T[]> {
    return this.pool.query<T>(sql, values).then(({ rows }) => rows);
  }

  async end(how: ServerEnd): Promise<void> {
    const { server } = this;
    const postmaster = await readPostmaster(path.join(this.folder, 'data'));
    if (!server || !postmaster) return;
    process.kill(postmaster.pid, how);
    await server.ended;
    this.server = undefined;
  }

  async startAgain(): Promise<void> {
    if (!this.server) this.follow(await startEmbeddedPostgres({ folder: this.folder }));
  }

  async close(): Promise<void> {
    // Waits for whoever still has a connection: they lose theirs with the server.
    const ended = this.pool.end();
    await this.server?.stop();
    for (const way of [this.way, ...this.followers]) way.drop();
    await ended;
    for (const way of [this.way, ...this.followers]) await way.cut();
  }

  private follow(server: EmbeddedPostgres): void {
    this.server = server;
    for (const way of [this.way, ...this.followers]) way.retarget(server.url);
  }
}
