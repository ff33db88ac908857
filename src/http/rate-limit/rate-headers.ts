import type { Standing } from './policy.js';

/** `RateLimit-Policy` and `RateLimit` of draft-ietf-httpapi-ratelimit-headers-10; seconds are whole, rounded up. */
export function rateHeaders(standings: readonly Standing[]): Record<string, string> {
  const policies = standings.map(
    ({ policy: { name, quota, windowMs } }) => `"${name}";q=${quota};w=${windowMs / 1_000}`,
  );
  const left = standings.map(({ policy, remaining, waitMs }) => `"${policy.name}";r=${remaining};t=${seconds(waitMs)}`);
  return { 'ratelimit-policy': policies.join(', '), ratelimit: left.join(', ') };
}

export const seconds = (milliseconds: number) => Math.ceil(milliseconds / 1_000);
