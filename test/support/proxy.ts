import { once } from 'node:events';
import net, { type AddressInfo, type Server, type Socket } from 'node:net';
import { Passage } from './proxy-passage.js';

/** What still passes: everything, nothing, or one direction alone (a half-open network). */
export type ProxyMode = 'open' | 'silent' | 'requests-only' | 'answers-only';

interface Pair {
  near: Socket;
  far: Socket;
  requests: Passage;
  answers: Passage;
}

/** A server reached through a port of ours, so that one process can lose it while all others keep it. */
export class Proxy {
  private readonly pairs = new Set<Pair>();
  private readonly server: Server;
  private mode: ProxyMode = 'open';
  private latencyMs = 0;
  private port = 0;

  private constructor(private target: URL) {
    this.server = net.createServer((socket) => this.connect(socket));
  }

  static async to(url: string): Promise<Proxy> {
    const proxy = new Proxy(new URL(url));
    await proxy.restore();
    return proxy;
  }

  /** The target's URL by way of here. */
  get url(): string {
    const url = new URL(this.target);
    [url.hostname, url.port] = ['127.0.0.1', String(this.port)];
    return url.toString();
  }

  /** The ports by which the server knows the connections that pass here. */
  get portsAtServer(): number[] {
    return [...this.pairs].flatMap(({ far }) => far.localPort ?? []);
  }

  /** New connections go there; those that are open stay where they are. */
  retarget(url: string): void {
    this.target = new URL(url);
  }

  /** Ends every connection and refuses new ones. */
  async cut(): Promise<void> {
    if (!this.server.listening) return;
    const closed = once(this.server, 'close');
    this.server.close();
    this.drop();
    await closed;
  }

  /** Ends every connection, what was held back on it included; new ones are taken. */
  drop(): void {
    for (const { near, far } of this.pairs) for (const socket of [near, far]) socket.destroy();
  }

  /**
   * Keeps every connection and takes new ones, but nothing passes, or one direction alone: a network that drops
   * packets.
   */
  silence(mode: Exclude<ProxyMode, 'open'> = 'silent'): void {
    this.apply(mode);
  }

  /** Everything takes so many milliseconds longer, each way. */
  delay(latencyMs: number): void {
    this.latencyMs = latencyMs;
    for (const { requests, answers } of this.pairs) for (const way of [requests, answers]) way.latencyMs = latencyMs;
  }

  /** Open again and without delay, on the port it had. What was held back in silence passes now. */
  async restore(): Promise<void> {
    this.delay(0);
    this.apply('open');
    if (this.server.listening) return;
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  private apply(mode: ProxyMode): void {
    this.mode = mode;
    for (const pair of this.pairs) this.hold(pair);
  }

  private hold({ requests, answers }: Pair): void {
    requests.hold(this.mode === 'silent' || this.mode === 'answers-only');
    answers.hold(this.mode === 'silent' || this.mode === 'requests-only');
  }

  private connect(near: Socket): void {
    const far = net.connect(Number(this.target.port), this.target.hostname);
    for (const socket of [near, far]) socket.setNoDelay(true);
    const pair = { near, far, requests: new Passage(near, far), answers: new Passage(far, near) };
    this.pairs.add(pair);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one
        .on('error', () => {})
        .on('close', () => {
          this.pairs.delete(pair);
          other.destroy();
        });
    }
    for (const way of [pair.requests, pair.answers]) way.latencyMs = this.latencyMs;
    this.hold(pair);
  }
}
