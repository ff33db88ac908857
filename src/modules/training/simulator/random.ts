/** Independent sources of chance within one run. */
export enum Stream {
  Character,
  TrainingNoise,
  ValidationNoise,
  ConfusionMatrix,
  FeatureImportance,
  Performance,
}

/**
 * Counter-based randomness: a pure function of its arguments, so that nothing has to be remembered to resume a run
 * (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3"). Greater than 0 and less than 1.
 */
export function uniform(seed: number, stream: Stream, counter: number): number {
  const hash = mixed(mixed(mixed(seed ^ 0x9e3779b9) + Math.imul(stream + 1, 0x85ebca77)) + counter);
  return (hash + 0.5) / 2 ** 32;
}

/** Standard normal by Box & Muller (1958), cut off at ±2.5 so that no single epoch looks like an incident. */
export function normal(seed: number, stream: Stream, counter: number): number {
  const radius = Math.sqrt(-2 * Math.log(uniform(seed, stream, 2 * counter)));
  const value = radius * Math.cos(2 * Math.PI * uniform(seed, stream, 2 * counter + 1));
  return Math.max(-2.5, Math.min(2.5, value));
}

/** Finaliser of MurmurHash3 (Appleby): every input bit flips each output bit with probability ½. */
function mixed(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
