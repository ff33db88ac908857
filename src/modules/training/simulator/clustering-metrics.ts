import { clamped } from './settings.js';

/**
 * A silhouette (Rousseeuw 1987) that goes with a share of unexplained variance: 0.8 for perfect clusters, 0 when
 * nothing is explained, and never beyond −1 to 1.
 */
export function silhouetteScore(unexplained: number): number {
  return clamped(0.8 * (1 - unexplained), -1, 1);
}
