import { childrenAtAGlance, peakMebibytes } from './processes.js';

const LOOK_MS = 50;

/** Resident memory of processes and of those that they start, as the kernel counts it (Linux). */
export class PeakMemory {
  private readonly peaks = new Map<string, number>();
  private readonly watched: { name: string; pid: number }[] = [];
  private readonly timer = setInterval(() => this.look(), LOOK_MS);

  /** Mebibytes by name. */
  get all(): ReadonlyMap<string, number> {
    return this.peaks;
  }

  watch(name: string, pid: number): void {
    this.watched.push({ name, pid });
    this.look();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private look(): void {
    for (const { name, pid } of this.watched) {
      this.note(name, pid);
      for (const child of childrenAtAGlance(pid)) this.note(`${name}'s inspector`, child);
    }
  }

  private note(name: string, pid: number): void {
    const mebibytes = peakMebibytes(pid);
    if (mebibytes > (this.peaks.get(name) ?? 0)) this.peaks.set(name, mebibytes);
  }
}
