import type { AlertSettings } from '../../../jobs/alerting/alert-settings.js';
import type { Point } from '../point.js';
import { type Detector, type Finding, shown } from './detector.js';
import { LastValues, median } from './last-values.js';

/** Durations that are remembered, and how many of them there must be. */
const REMEMBERED = 21;
const FEWEST = 5;
/** Milliseconds that an epoch has to take longer: a busy machine may well hold up one of a few milliseconds by some. */
const LEAST_EXCESS_MS = 500;

/** Epochs take a multiple of what they usually do. Slow ones do not become the usual. */
export class SlowEpochsDetector implements Detector {
  private readonly durations = new LastValues(REMEMBERED);

  constructor(
    private readonly settings: Pick<AlertSettings['slowEpochs'], 'ratio'>,
    /** Expected milliseconds of an epoch; no epoch as quick as that is slow. */
    private readonly epochMs: number,
  ) {}

  look({ durationMs }: Point): Finding | null {
    if (durationMs === null) return null;
    const { values } = this.durations;
    const usual = values.length < FEWEST ? null : Math.max(median(values), this.epochMs);
    const limit = usual === null ? Infinity : Math.max(this.settings.ratio * usual, usual + LEAST_EXCESS_MS);
    if (durationMs <= limit) this.durations.add(durationMs);
    if (usual === null) return null;
    const sign = durationMs > limit ? 'bad' : durationMs < (limit + usual) / 2 ? 'good' : 'unsure';
    const detail = () => `An epoch took ${shown(durationMs)} ms; ${shown(usual)} ms are usual.`;
    return { sign, observed: durationMs, limit, detail };
  }
}
