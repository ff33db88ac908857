/** Calls back when nothing was heard for `ms` milliseconds; each time anew after something was. */
export class Silence {
  private readonly timer: NodeJS.Timeout;

  constructor(ms: number, onSilence: () => void) {
    this.timer = setTimeout(onSilence, ms);
  }

  broken(): void {
    this.timer.refresh();
  }

  end(): void {
    clearTimeout(this.timer);
  }
}
