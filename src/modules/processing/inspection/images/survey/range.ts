/** Least, greatest and mean of numbers that pass by. */
export class Range {
  #min = Infinity;
  #max = -Infinity;
  #sum = 0;
  #count = 0;

  add(value: number): void {
    this.#min = Math.min(this.#min, value);
    this.#max = Math.max(this.#max, value);
    this.#sum += value;
    this.#count++;
  }

  get summary(): { min: number; max: number; mean: number } {
    return { min: this.#min, max: this.#max, mean: this.#sum / this.#count };
  }
}
