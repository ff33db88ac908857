import { once } from 'node:events';
import net, { type AddressInfo, type Server, type Socket } from 'node:net';

type Mode = 'open' | 'silent';

/** A server reached through a port of ours, so that one process can lose it while all others keep it. */
export class Proxy {
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;
  private mode: Mode = 'open';
  private port = 0;

  private constructor(private readonly target: URL) {
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

  /** Ends every connection and refuses new ones. */
  async cut(): Promise<void> {
    if (!this.server.listening) return;
    const closed = once(this.server, 'close');
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  /** Keeps every connection and takes new ones, but nothing passes: a network that drops packets. */
  silence(): void {
    this.mode = 'silent';
    for (const socket of this.sockets) socket.pause();
  }

  /** Open again, on the port it had. What was held back in silence passes now. */
  async restore(): Promise<void> {
    this.mode = 'open';
    for (const socket of this.sockets) socket.resume();
    if (this.server.listening) return;
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  private connect(near: Socket): void {
    const far = net.connect(Number(this.target.port), this.target.hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.add(one);
      one.on('data', (chunk) => other.write(chunk));
      one
        .on('error', () => {})
        .on('close', () => {
          this.sockets.delete(one);
          other.destroy();
        });
      if (this.mode === 'silent') one.pause();
    }
  }
}
