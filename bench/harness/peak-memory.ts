import { readFileSync } from 'node:fs';

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
      for (const child of childrenOf(pid)) this.note(`${name}'s inspector`, child);
    }
  }

  private note(name: string, pid: number): void {
    const mebibytes = peakOf(pid);
    if (mebibytes > (this.peaks.get(name) ?? 0)) this.peaks.set(name, mebibytes);
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function childrenOf(pid: number): number[] {
  return read(`/proc/${pid}/task/${pid}/children`).trim().split(' ').filter(Boolean).map(Number);
}

function peakOf(pid: number): number {
  return Math.round(Number(/^VmHWM:\s*(\d+) kB$/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) / 1_024);
}
