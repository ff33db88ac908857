/**
 * Integer shares of `total` proportional to the weights, which add up to it exactly: the method of largest remainders
 * (Hamilton). Weights are not negative and not all zero; `total` is a whole number.
 */
export function apportion(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  const exact = weights.map((weight) => (total * weight) / sum);
  let left = total;
  const shares = exact.map((share) => {
    // Beyond 2⁵³ / weights the product is inexact, and the floors could add up to more than there is.
    const whole = Math.min(Math.floor(share), left);
    left -= whole;
    return whole;
  });
  const byRemainder = exact
    .map((share, index) => ({ index, remainder: share - Math.floor(share) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (let i = 0; left > 0; i = (i + 1) % byRemainder.length, left--) shares[byRemainder[i]!.index]! += 1;
  return shares;
}

/** Like apportion, but no share exceeds its capacity; the capacities together hold `total`. */
export function apportionWithin(total: number, weights: readonly number[], capacities: readonly number[]): number[] {
  const shares = weights.map(() => 0);
  let left = total;
  while (left > 0) {
    const open = weights.map((weight, i) => (shares[i]! < capacities[i]! ? Math.max(weight, Number.EPSILON) : 0));
    const wanted = apportion(left, open);
    for (let i = 0; i < shares.length; i++) {
      const taken = Math.min(wanted[i]!, capacities[i]! - shares[i]!);
      shares[i]! += taken;
      left -= taken;
    }
  }
  return shares;
}
