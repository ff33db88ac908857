const SECONDS = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;

/** Seconds of a duration such as 30s, 15m, 8h or 7d; undefined for anything else. */
export function parseDuration(text: string): number | undefined {
  const [, amount, unit] = /^([1-9]\d{0,8})([smhd])$/.exec(text) ?? [];
  return amount && unit ? Number(amount) * SECONDS[unit as keyof typeof SECONDS] : undefined;
}
