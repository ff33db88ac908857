export interface Row extends Record<string, unknown> {
  epoch: number;
  loss: number;
  validationLoss: number;
}

/** min_max without the database's help, of rows in the order of their epochs, in buckets of as many rows. */
export function thinned(rows: readonly Row[], maxPoints: number): Row[] {
  const count = Math.floor(maxPoints / 6);
  const kept = new Set<Row>();
  for (let bucket = 0; bucket < count; bucket++) {
    const edge = (of: number) => Math.ceil((of * rows.length) / count);
    const part = rows.slice(edge(bucket), edge(bucket + 1));
    const extremes = [part[0]!, part[0]!, part[0]!, part[0]!];
    for (const row of part) {
      if (row.loss < extremes[0]!.loss) extremes[0] = row;
      if (row.loss > extremes[1]!.loss) extremes[1] = row;
      if (row.validationLoss < extremes[2]!.validationLoss) extremes[2] = row;
      if (row.validationLoss > extremes[3]!.validationLoss) extremes[3] = row;
    }
    for (const row of [part[0]!, part.at(-1)!, ...extremes]) kept.add(row);
  }
  return [...kept].toSorted((a, b) => a.epoch - b.epoch);
}
