import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleDestroy,
} from '@nestjs/common';
import type { Pool } from 'pg';
import { directDatabaseUrl, ENVIRONMENT, type Environment } from '../../../config/environment.js';
import { POOL } from '../../../database/database.module.js';
import { Listener } from '../../../database/listener.js';
import { EVENTS_CHANNEL, PROGRESS_CHANNEL } from '../../../queue/queues.js';
import { STIRRED } from './news.statements.js';
import type { Position } from './position.js';
import { Subscription } from './subscription.js';

/** Milliseconds between looks at the rows of every job that is watched, in case a notification was missed. */
const SLOW_POLL_MS = 15_000;
/** Notifications name jobs, or say that there were too many to name. */
const LOOK_AGAIN = '*';

interface Reader {
  jobId: string;
  position: () => Position;
  subscription: Subscription;
}

/**
 * Wakes the streams of this process when the database says that there is news for them. One connection listens for all
 * of them; when it was lost, and every now and then, one statement looks which of them missed something.
 */
@Injectable()
export class Awakenings implements OnApplicationBootstrap, OnModuleDestroy, OnApplicationShutdown {
  private readonly logger = new Logger('Streams');
  private readonly listener: Listener;
  private readonly ofJob = new Map<string, Set<Reader>>();
  private readonly ofTenant = new Map<string, Set<Subscription>>();
  private timer: NodeJS.Timeout | undefined;
  private closing = false;
  private looking = false;
  private lookAgain = false;

  constructor(
    @Inject(ENVIRONMENT) environment: Environment,
    @Inject(POOL) private readonly pool: Pool,
  ) {
    this.listener = new Listener(directDatabaseUrl(environment) ?? '', [PROGRESS_CHANNEL, EVENTS_CHANNEL], {
      onNotification: (payload, channel) => this.heard(payload, channel),
      onConnected: () => void this.lookAtAll(),
      onLost: (reason) => this.logger.warn({ msg: 'Streams hear of news late for the moment', reason }),
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    this.timer = setInterval(() => void this.lookAtAll(), SLOW_POLL_MS);
    await this.listener.connect();
  }

  /** Before the server stops listening, which waits for streams to end. Their clients go on elsewhere. */
  onModuleDestroy(): void {
    this.closing = true;
    clearInterval(this.timer);
    for (const readers of this.ofJob.values()) for (const { subscription } of readers) subscription.close();
    for (const subscriptions of this.ofTenant.values()) for (const subscription of subscriptions) subscription.close();
  }

  onApplicationShutdown(): Promise<void> {
    return this.listener.close();
  }

  /** `position`: where the stream stands whenever it is asked. */
  ofOneJob(jobId: string, position: () => Position): { subscription: Subscription; leave: () => void } {
    const reader = { jobId, position, subscription: this.subscribed() };
    return { subscription: reader.subscription, leave: joined(this.ofJob, jobId, reader) };
  }

  ofAllJobs(tenant: string): { subscription: Subscription; leave: () => void } {
    const subscription = this.subscribed();
    return { subscription, leave: joined(this.ofTenant, tenant, subscription) };
  }

  private subscribed(): Subscription {
    const subscription = new Subscription();
    if (this.closing) subscription.close();
    return subscription;
  }

  private heard(payload: string, channel: string): void {
    if (channel === EVENTS_CHANNEL) for (const subscription of this.ofTenant.get(payload) ?? []) subscription.call();
    else if (payload === LOOK_AGAIN) void this.lookAtAll();
    else payload.split(',').forEach((jobId) => this.callReaders(jobId));
  }

  private callReaders(jobId: string): void {
    for (const { subscription } of this.ofJob.get(jobId) ?? []) subscription.call();
  }

  /** One look at a time; who asks for it meanwhile gets another one afterwards. */
  private async lookAtAll(): Promise<void> {
    if (this.looking) return void (this.lookAgain = true);
    this.looking = true;
    do {
      this.lookAgain = false;
      await this.look();
    } while (this.lookAgain);
    this.looking = false;
  }

  private async look(): Promise<void> {
    for (const subscriptions of this.ofTenant.values()) for (const subscription of subscriptions) subscription.call();
    const readers = [...this.ofJob.values()].flatMap((set) => [...set]);
    if (readers.length === 0) return;
    const at = readers.map(({ position }) => position());
    const values = [
      readers.map(({ jobId }) => jobId),
      at.map(({ epoch }) => epoch),
      at.map(({ event }) => event),
      at.map(({ alert }) => alert),
    ];
    try {
      const { rows } = await this.pool.query<{ id: string }>({ ...STIRRED, values });
      for (const { id } of rows) this.callReaders(id);
    } catch (error) {
      this.logger.warn({ msg: 'Streams not looked after', reason: (error as Error).message });
    }
  }
}

/** Adds a member to a set of a map, and gives back how to take it out again. */
function joined<T>(map: Map<string, Set<T>>, key: string, member: T): () => void {
  const set = map.get(key) ?? new Set<T>();
  map.set(key, set.add(member));
  return () => {
    set.delete(member);
    if (set.size === 0 && map.get(key) === set) map.delete(key);
  };
}
