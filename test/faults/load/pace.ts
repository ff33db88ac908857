/** How far the run has come, from 0 with the first fault to 1 with the last: the load keeps step with the faults. */
export class Pace {
  private progress = 0;
  private waiting: { at: number; resume: () => void }[] = [];

  reaches(at: number): Promise<void> {
    if (at <= this.progress) return Promise.resolve();
    return new Promise((resume) => this.waiting.push({ at, resume }));
  }

  advance(progress: number): void {
    this.progress = progress;
    const due = this.waiting.filter(({ at }) => at <= progress);
    this.waiting = this.waiting.filter(({ at }) => at > progress);
    for (const { resume } of due) resume();
  }
}
