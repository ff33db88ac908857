const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000];

/** Milliseconds for people, rounded up: 6 s, 12 min, 3 h 20 min. */
export function durationText(ms: number): string {
  if (ms <= 2 * MINUTE) return `${Math.ceil(ms / SECOND)} s`;
  const minutes = Math.ceil(ms / MINUTE);
  if (ms <= 2 * HOUR) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
