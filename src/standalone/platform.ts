import path from 'node:path';
import { childEnvironment } from '../config/child-environment.js';
import type { Environment } from '../config/environment.js';
import { jwtSecret } from '../config/jwt-secret.js';
import { DEFAULT_CLAIMS, type TokenClaims } from '../modules/auth/issue-token.js';
import { ownToken } from '../modules/auth/own-token.js';
import { addressOf } from './address.js';
import { type Database, openDatabase, serverFolder } from './database.js';
import type { OnLine } from './line-reader.js';
import { requireFreePort } from './require-free-port.js';
import { runMigrations } from './run-migrations.js';
import { SupervisedProcess } from './supervised-process.js';

export interface PlatformOptions {
  /** Gets the output of all processes line by line; without it API and workers write to where this process does. */
  onLine?: OnLine;
  /** Folder of the built entry points. */
  dist?: string;
  /** Gives the start up, or stops the platform. */
  signal?: AbortSignal;
}

export const TOKEN_TTL_S = 8 * 3_600;

/** On top of the time that a process takes for itself, before it is killed. */
const STOP_MARGIN_MS = 7_000;

/** Starts everything; when it cannot, ends what it has started by then and throws an Error for people to read. */
export async function startPlatform(environment: Environment, options: PlatformOptions = {}): Promise<Platform> {
  const platform = new Platform(environment, options);
  await platform.start();
  return platform;
}

/** The embedded server (unless DATABASE_URL names another), the API and the workers, each a process of its own. */
export class Platform {
  /** Resolves when the platform was stopped and everything has ended; rejected when it had to give up. */
  readonly closed: Promise<void>;

  #settle: (failure?: Error) => void = () => undefined;
  #failed = new AbortController();
  #signal: AbortSignal;
  #secret = '';
  #database: Database | undefined;
  #processes: SupervisedProcess[] = [];
  #port = 0;
  #stopping = false;

  constructor(
    private readonly environment: Environment,
    private readonly options: PlatformOptions,
  ) {
    this.closed = new Promise(
      (resolve, reject) => (this.#settle = (failure) => (failure ? reject(failure) : resolve())),
    );
    this.closed.catch(() => undefined);
    this.#signal = AbortSignal.any([this.#failed.signal, ...(options.signal ? [options.signal] : [])]);
  }

  /** Where this machine reaches the server; Swagger UI and the probes lie outside the base path. */
  get origin(): string {
    return addressOf(this.environment.HOST, this.#port).origin;
  }

  get baseUrl(): string {
    return addressOf(this.environment.HOST, this.#port).baseUrl;
  }

  /** Holds a password: not for logs. */
  get databaseUrl(): string {
    return this.#database?.url ?? '';
  }

  /** Process numbers, the API's first; undefined between a death and the next start. */
  get pids(): (number | undefined)[] {
    return this.#processes.map(({ pid }) => pid);
  }

  /** A token for the API: unless told otherwise an admin's of the default tenant, for eight hours. Not with JWT_JWKS. */
  token(claims: Partial<TokenClaims> = {}, ttlSeconds = TOKEN_TTL_S): string {
    return ownToken({ ...this.environment, JWT_SECRET: this.#secret }, { ...DEFAULT_CLAIMS, ...claims }, ttlSeconds);
  }

  async start(): Promise<void> {
    const kill = () => this.kill();
    process.once('exit', kill);
    void this.closed.catch(() => undefined).then(() => process.removeListener('exit', kill));
    try {
      await this.#open();
      await this.#launch();
    } catch (error) {
      await this.stop();
      throw this.#signal.aborted ? this.#signal.reason : error;
    }
  }

  /** Ends API and workers, then the embedded server. May be called again. */
  async stop(): Promise<void> {
    this.#stopping = true;
    const { SHUTDOWN_DRAIN_MS, SHUTDOWN_TIMEOUT_MS } = this.environment;
    const limitMs = SHUTDOWN_DRAIN_MS + SHUTDOWN_TIMEOUT_MS + STOP_MARGIN_MS;
    await Promise.all(this.#processes.map((child) => child.stop(limitMs)));
    await this.#database?.stop();
    this.#settle(this.#failed.signal.reason as Error | undefined);
  }

  /** Ends API and workers by force and at once; the embedded server shuts down when this process ends. */
  kill(): void {
    for (const child of this.#processes) child.kill();
  }

  async #open(): Promise<void> {
    const tell = this.options.onLine ?? ((line, source) => console.log(`${source}: ${line}`));
    this.#secret = jwtSecret(this.environment);
    this.#database = await openDatabase(this.environment, (line) => tell(line, 'postgres'));
    void this.#database.ended.then((how) => {
      const log = path.join(serverFolder(this.environment), 'server.log');
      this.#giveUp(new Error(`The PostgreSQL server ended (${how}); its log is ${log}`));
    });
    this.#signal.throwIfAborted();
    await runMigrations(this.#script('cli/migrate.js'), this.#childEnvironment(), tell, this.#signal);
    await requireFreePort(this.environment.HOST, this.environment.PORT);
  }

  async #launch(): Promise<void> {
    this.#signal.throwIfAborted();
    this.#signal.addEventListener('abort', () => void this.stop(), { once: true });
    const { METRICS_PORT: first, WORKERS: count } = this.environment;
    // 0 is any free one, for each.
    const portOf = (place: number) => (first ? { METRICS_PORT: first + place } : {});
    const api = this.#supervise('API', 'main.js', portOf(0));
    const workers = Array.from({ length: count }, (_, index) =>
      this.#supervise(`worker ${index + 1}`, 'worker.js', portOf(index + 1)),
    );
    this.#processes = [api, ...workers];
    const [ready] = await Promise.all(this.#processes.map((child) => child.start()));
    this.#port = ready?.port ?? this.environment.PORT;
  }

  #supervise(name: string, entry: string, own: Partial<Environment>): SupervisedProcess {
    const env = this.#childEnvironment(own);
    const plan = { name, script: this.#script(entry), env, onLine: this.options.onLine };
    return new SupervisedProcess(plan, (reason) => this.#giveUp(reason));
  }

  #script(entry: string): string {
    return path.resolve(this.options.dist ?? 'dist', entry);
  }

  #childEnvironment(own: Partial<Environment> = {}): NodeJS.ProcessEnv {
    const shared = { DATABASE_URL: this.databaseUrl, JWT_SECRET: this.#secret };
    return childEnvironment({ ...this.environment, ...shared, ...own });
  }

  #giveUp(reason: Error): void {
    if (!this.#stopping) this.#failed.abort(reason);
  }
}
