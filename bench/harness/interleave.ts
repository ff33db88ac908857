/** What each subject measured, a value a round. */
export type Samples = Readonly<Record<string, readonly number[]>>;
/** Does its work once and resolves with what it measured. */
export type Subject = () => Promise<number>;

/**
 * Has the subjects take turns, so that what else the machine does meets all of them; every other round in the opposite
 * order. A round that is not counted comes first and warms them up.
 */
export async function interleave(rounds: number, subjects: Readonly<Record<string, Subject>>): Promise<Samples> {
  const samples: Record<string, number[]> = Object.fromEntries(Object.keys(subjects).map((name) => [name, []]));
  const inOrder = Object.entries(subjects);
  for (let round = 0; round <= rounds; round++) {
    for (const [name, measure] of round % 2 === 0 ? inOrder : inOrder.toReversed()) {
      const value = await measure();
      if (round > 0) samples[name]!.push(value);
    }
  }
  return samples;
}
