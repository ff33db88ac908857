/** Longer names are no typing errors, and comparing them would cost time. */
const LONGEST_COMPARED = 64;

/** The candidate that a misspelt or differently styled name most likely stands for; null where none is near. */
export function nearestName(
  given: string,
  candidates: readonly { name: string; aliases?: readonly string[] }[],
): string | null {
  if (given.length > LONGEST_COMPARED) return null;
  const wanted = canonical(given);
  const tolerated = Math.floor(wanted.length / 3);
  let nearest: string | null = null;
  let shortest = tolerated + 1;
  for (const { name, aliases = [] } of candidates) {
    const distances = [
      editDistance(wanted, canonical(name)),
      ...aliases.map((alias) => (canonical(alias) === wanted ? 0 : Infinity)),
    ];
    const distance = Math.min(...distances);
    if (distance < shortest) [nearest, shortest] = [name, distance];
  }
  return nearest;
}

/** `learning_rate`, `Learning-Rate` and `learningRate` are one name to people. */
function canonical(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** Optimal string alignment: insertions, deletions, replacements and swaps of neighbours (Damerau 1964). */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      let best = Math.min(replaced, last[j]! + 1, row[j - 1]! + 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) best = Math.min(best, beforeLast[j - 2]! + 1);
      row.push(best);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}
