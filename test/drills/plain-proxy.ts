import http from 'node:http';
import type { AddressInfo } from 'node:net';

const CHECK_MS = 200;

/**
 * What stands before the APIs: takes turns with those that say that they are ready, asks them every 200 ms, keeps
 * connections open, and tries nothing twice.
 */
export class PlainProxy {
  private readonly agent = new http.Agent({ keepAlive: true });
  private readonly server = http.createServer((request, response) => this.forward(request, response));
  private readonly upstreams = new Map<string, boolean>();
  private timer: NodeJS.Timeout | undefined;
  private turn = 0;
  /** Requests that no answer of an API came to. */
  broken: string[] = [];

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.timer = setInterval(() => void this.check(), CHECK_MS);
  }

  async add(origin: string): Promise<void> {
    this.upstreams.set(origin, false);
    await this.check();
  }

  isReady(origin: string): boolean {
    return this.upstreams.get(origin) === true;
  }

  close(): void {
    clearInterval(this.timer);
    this.server.close();
    this.server.closeAllConnections();
    this.agent.destroy();
  }

  private async check(): Promise<void> {
    const look = async (origin: string) => {
      const isReady = await fetch(`${origin}/readyz`, { signal: AbortSignal.timeout(1_000) }).then(
        ({ ok }) => ok,
        () => false,
      );
      this.upstreams.set(origin, isReady);
    };
    await Promise.all([...this.upstreams.keys()].map(look));
  }

  private forward(request: http.IncomingMessage, response: http.ServerResponse): void {
    const ready = [...this.upstreams].filter(([, isReady]) => isReady).map(([origin]) => origin);
    const origin = ready[(this.turn += 1) % Math.max(1, ready.length)];
    const fail = (reason: string) => {
      this.broken.push(`${request.method} ${request.url}: ${reason}`);
      if (!response.headersSent) response.writeHead(502);
      response.end();
    };
    if (origin === undefined) return fail('no API is ready');
    const { method, headers } = request;
    const onward = http.request(`${origin}${request.url}`, { method, headers, agent: this.agent }, (answer) => {
      response.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(response);
      answer.on('error', (error) => fail(error.message));
    });
    onward.on('error', (error) => fail(error.message));
    request.pipe(onward);
  }
}
