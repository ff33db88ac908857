import type { Socket } from 'node:net';

/** One direction of a proxied connection: passes bytes in order, late if told so, or holds them back. */
export class Passage {
  /** Milliseconds that everything read from now on is late. */
  latencyMs = 0;
  private readonly late: { chunk: Buffer; due: number }[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly from: Socket,
    private readonly to: Socket,
  ) {
    from.on('data', (chunk: Buffer) => this.take(chunk));
    from.on('close', () => clearTimeout(this.timer));
  }

  /** Holds back what the sender sends, or lets it pass again. */
  hold(held: boolean): void {
    if (held) this.from.pause();
    else this.from.resume();
  }

  private take(chunk: Buffer): void {
    if (this.latencyMs === 0 && this.late.length === 0) {
      this.to.write(chunk);
      return;
    }
    this.late.push({ chunk, due: performance.now() + this.latencyMs });
    this.timer ??= setTimeout(() => this.pass(), this.latencyMs);
  }

  private pass(): void {
    this.timer = undefined;
    while (this.late.length > 0 && this.late[0]!.due <= performance.now()) this.to.write(this.late.shift()!.chunk);
    if (this.late.length > 0) this.timer = setTimeout(() => this.pass(), this.late[0]!.due - performance.now() + 1);
  }
}
