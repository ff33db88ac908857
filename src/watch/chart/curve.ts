/** What a curve was over a stretch of epochs. */
export interface Stretch {
  first: number;
  last: number;
  min: number;
  max: number;
}

const CAPACITY = 4_096;

/**
 * The values of one measure, epoch by epoch, in bounded memory: when the stretches run out, each two become one. A
 * spike survives, because a stretch keeps its extremes.
 */
export class Curve {
  #stretches: (Stretch | undefined)[] = [];
  /** Epochs of a stretch. */
  #length = 1;
  #last: number | undefined;

  constructor(private readonly capacity = CAPACITY) {}

  /** The latest value. */
  get last(): number | undefined {
    return this.#last;
  }

  /** A value that is no finite number leaves a hole. Epochs count from 1. */
  add(epoch: number, value: number | undefined): void {
    if (value === undefined || !Number.isFinite(value)) return;
    this.#last = value;
    while (epoch > this.capacity * this.#length) this.#halve();
    const index = Math.floor((epoch - 1) / this.#length);
    const point = { first: value, last: value, min: value, max: value };
    this.#stretches[index] = joined(this.#stretches[index], point);
  }

  /** The curve from epoch 1 to `end` in `width` columns, of which those without a value are empty. */
  columns(end: number, width: number): (Stretch | undefined)[] {
    const columns: (Stretch | undefined)[] = Array.from({ length: width }, () => undefined);
    const scale = end > 1 ? (width - 1) / (end - 1) : 0;
    this.#stretches.forEach((stretch, index) => {
      const column = Math.round(index * this.#length * scale);
      if (column < width) columns[column] = joined(columns[column], stretch);
    });
    return columns;
  }

  #halve(): void {
    const pairs = Math.ceil(this.#stretches.length / 2);
    const stretches = this.#stretches;
    this.#stretches = Array.from({ length: pairs }, (_, pair) => joined(stretches[2 * pair], stretches[2 * pair + 1]));
    this.#length *= 2;
  }
}

function joined(earlier: Stretch | undefined, later: Stretch | undefined): Stretch | undefined {
  if (!earlier || !later) return earlier ?? later;
  return {
    first: earlier.first,
    last: later.last,
    min: Math.min(earlier.min, later.min),
    max: Math.max(earlier.max, later.max),
  };
}
