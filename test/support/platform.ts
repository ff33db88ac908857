import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client, TEST_SECRET } from './client.js';
import { testDatabase, type TestDatabase } from './database.js';
import { eventually } from './eventually.js';
import { PlatformProcess } from './process.js';
import { queueBackend, type QueueBackend } from './queue-backend.js';

/** Quick to notice, to repair and to end, so that tests need not wait; 10 ms an epoch unless a job says otherwise. */
const QUICK = {
  LEASE_MS: '2000',
  RECONCILE_INTERVAL_MS: '200',
  RETRY_BACKOFF_MS: '200',
  SIMULATOR_EPOCH_MS: '10',
  JWT_CLOCK_TOLERANCE_SECONDS: '0',
};

export interface TestPlatformOptions {
  apis?: number;
  workers?: number;
  environment?: Record<string, string>;
  queue?: QueueBackend;
  /** A new one unless told otherwise; ends with the platform, as its folder does. */
  database?: TestDatabase;
  /** DATA_DIR. */
  folder?: string;
}

/** A platform of a suite's own: its database, and real API and worker processes. */
export class TestPlatform {
  readonly apis: PlatformProcess[] = [];
  readonly workers: PlatformProcess[] = [];
  readonly clients: Client[] = [];

  private constructor(
    readonly database: TestDatabase,
    readonly folder: string,
    private readonly environment: Record<string, string>,
    private readonly queue: QueueBackend,
  ) {}

  static async start(options: TestPlatformOptions = {}): Promise<TestPlatform> {
    const { apis = 1, workers = 1, environment = {}, queue = queueBackend() } = options;
    const folder = options.folder ?? mkdtempSync(path.join(tmpdir(), 'ai-training-platform-'));
    const database = options.database ?? (await testDatabase());
    const platform = new TestPlatform(database, folder, environment, queue);
    try {
      await Promise.all([
        ...Array.from({ length: apis }, () => platform.addApi()),
        ...Array.from({ length: workers }, () => platform.addWorker()),
      ]);
    } catch (error) {
      await platform.stop();
      throw error;
    }
    return platform;
  }

  /** The first API's client. */
  get client(): Client {
    return this.clients[0]!;
  }

  get artefacts(): string {
    return path.join(this.folder, 'artifacts');
  }

  /** `release`: the folder of another release than this one, here and below. */
  async addApi(environment: Record<string, string> = {}, release?: string): Promise<Client> {
    const api = PlatformProcess.spawn('main', this.variables(environment), release);
    this.apis.push(api);
    const client = new Client(`http://127.0.0.1:${await api.ready()}`);
    this.clients.push(client);
    return client;
  }

  async addWorker(environment: Record<string, string> = {}, release?: string): Promise<PlatformProcess> {
    const worker = PlatformProcess.spawn('worker', this.variables(environment), release);
    this.workers.push(worker);
    await worker.ready();
    return worker;
  }

  /** The worker that trains the job now. */
  holderOf(jobId: string): Promise<PlatformProcess> {
    const took = (worker: PlatformProcess) => worker.logs().some((line) => line.jobId === jobId);
    return eventually(() => this.workers.findLast(took), `a worker takes ${jobId}`);
  }

  /** What a process of this platform is started with. */
  variables(environment: Record<string, string> = {}): NodeJS.ProcessEnv {
    return {
      ...process.env,
      NODE_ENV: 'test',
      PORT: '0',
      DATA_DIR: this.folder,
      DATABASE_URL: this.database.url,
      JWT_SECRET: TEST_SECRET,
      SWAGGER_ENABLED: 'true',
      ...QUICK,
      ...this.queue.environment,
      ...this.environment,
      ...environment,
    };
  }

  async stop(): Promise<void> {
    await Promise.all([...this.apis, ...this.workers].map((process) => process.stop()));
    await Promise.all([this.database.drop(), this.queue.remove()]);
    rmSync(this.folder, { recursive: true, force: true });
  }
}
