import { median } from '../harness/median.js';
import type { Samples } from '../harness/interleave.js';
import { type Report, shown } from '../harness/report.js';

/** What was measured with so many jobs in the tables. */
export interface At {
  jobs: number;
  samples: Samples;
}

/** How a subject's time grows: from the smallest to the largest, and as a power of the number of jobs. */
interface Growth {
  subject: string;
  times: number[];
  ratio: number;
  exponent: number;
}

function growthOf(subject: string, sizes: readonly At[]): Growth {
  const times = sizes.map(({ samples }) => median(samples[subject]!));
  return {
    subject,
    times,
    ratio: times.at(-1)! / times[0]!,
    exponent: slope(
      sizes.map(({ jobs }) => Math.log(jobs)),
      times.map(Math.log),
    ),
  };
}

/** Least squares. */
function slope(xs: readonly number[], ys: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x0, y0] = [mean(xs), mean(ys)];
  const covariance = xs.map((x, place) => (x - x0) * (ys[place]! - y0));
  return mean(covariance) / mean(xs.map((x) => (x - x0) ** 2));
}

/** Tells of each subject how it grows, and of the reads how many grow faster than the logarithm. */
export function tellGrowth(report: Report, title: string, sizes: readonly At[], isBound: boolean): void {
  const [first, last] = [sizes[0]!, sizes.at(-1)!];
  const logarithm = Math.log(last.jobs) / Math.log(first.jobs);
  const all = Object.keys(first.samples).map((subject) => growthOf(subject, sizes));
  console.log(
    `\n${title}: ms at ${sizes.map(({ jobs }) => jobs.toLocaleString('en')).join(', ')} jobs, times, exponent`,
  );
  for (const { subject, times, ratio, exponent } of all) {
    report.note(`${subject.padEnd(76)} ${times.map(shown).join(' → ')}  × ${shown(ratio)}  n^${exponent.toFixed(2)}`);
  }
  if (!isBound) return;
  const faster = all.filter(({ ratio }) => ratio > logarithm);
  report.target(`${title} that grow faster than the logarithm (× ${shown(logarithm)})`, faster.length, { atMost: 0 });
  if (faster.length > 0) report.note(faster.map(({ subject }) => subject).join('; '));
}
