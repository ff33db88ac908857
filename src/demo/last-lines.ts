const KEPT = 200;

/** The platform's latest output, kept for the case that something goes wrong. */
export class LastLines {
  readonly #lines: string[] = [];

  readonly add = (line: string, source: string): void => {
    this.#lines.push(`${source}: ${line}`);
    if (this.#lines.length > KEPT) this.#lines.shift();
  };

  tail(count: number): string {
    return this.#lines.slice(-count).join('\n');
  }
}
