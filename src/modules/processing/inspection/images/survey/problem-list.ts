import { type ContentProblem, MOST_PROBLEMS } from '../../inspection.js';
import { printable } from '../printable.js';

interface Placed {
  place: number;
  problem: ContentProblem;
}

/** The first problems in the order of the archive, some of which only show when it was read. */
export class ProblemList {
  readonly #certain: Placed[] = [];
  /** By the number of folders above the classes with which they are problems. */
  readonly #supposed: [Placed[], Placed[]] = [[], []];

  add(place: number, problem: ContentProblem): void {
    put(this.#certain, { place, problem });
  }

  /** A problem if so many folders lie above the classes. */
  suppose(depth: 0 | 1, place: number, problem: ContentProblem): void {
    put(this.#supposed[depth], { place, problem });
  }

  get isFull(): boolean {
    return this.#certain.length === MOST_PROBLEMS;
  }

  first(depth: 0 | 1): ContentProblem[] {
    return [...this.#certain, ...this.#supposed[depth]]
      .sort((a, b) => a.place - b.place)
      .slice(0, MOST_PROBLEMS)
      .map(({ problem }) => problem);
  }
}

function put(list: Placed[], { place, problem }: Placed): void {
  if (list.length === MOST_PROBLEMS) return;
  list.push({ place, problem });
}

export function problemWith(path: string, code: string, detail: string): ContentProblem {
  return { code, detail, column: printable(path) };
}
