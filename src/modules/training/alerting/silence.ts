/** Calls back when it has listened for `ms` milliseconds and nothing was said. */
export class Silence {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly ms: number,
    private readonly onSilence: () => void,
  ) {}

  listen(): void {
    if (this.timer) this.timer.refresh();
    else this.timer = setTimeout(this.onSilence, this.ms);
  }

  /** Nothing is expected to be said for the moment. */
  rest(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
