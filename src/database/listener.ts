import pg from 'pg';

const RECONNECT_MS = 1_000;

export interface ListenerHandlers {
  onNotification: (payload: string, channel: string) => void;
  /** After every connect, the first included: what was notified before it is not known. */
  onConnected: () => void;
  onLost: (reason: string) => void;
}

/** A LISTEN connection that comes back by itself. Notifications hurry things along; nothing may depend on them. */
export class Listener {
  private client: pg.Client | undefined;
  private timer: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(
    private readonly url: string,
    private readonly channels: readonly string[],
    private readonly handlers: ListenerHandlers,
  ) {}

  async connect(): Promise<void> {
    if (this.closed) return;
    const client = new pg.Client({ connectionString: this.url, keepAlive: true, connectionTimeoutMillis: 5_000 });
    this.client = client;
    client.on('notification', ({ payload, channel }) => this.handlers.onNotification(payload ?? '', channel));
    client.on('error', (error) => this.lost(client, error.message));
    client.on('end', () => this.lost(client, 'the connection was closed'));
    try {
      await client.connect();
      await client.query(this.channels.map((channel) => `LISTEN ${pg.escapeIdentifier(channel)}`).join(';'));
      this.handlers.onConnected();
    } catch (error) {
      this.lost(client, (error as Error).message);
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    await this.client?.end().catch(() => {});
  }

  private lost(client: pg.Client, reason: string): void {
    if (this.closed || this.client !== client) return;
    this.client = undefined;
    client.end().catch(() => {});
    this.handlers.onLost(reason);
    this.timer = setTimeout(() => void this.connect(), RECONNECT_MS);
  }
}
