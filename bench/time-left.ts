import { TimeLeft } from '../src/modules/training/time-left.js';
import { median } from './harness/median.js';

/**
 * `npm run bench -- time-left`: how far off the estimates of the time left are, beside the usual one (time so far ÷ epochs so
 * far × epochs left), and how often the truth lies between their bounds, which is meant to be nine times in ten.
 */
const RUNS = 400;
const EPOCHS = 200;
const ASKED_AT = [0.1, 0.25, 0.5, 0.75, 0.9];
const USUAL_MS = 1_000;

/** Uniform, 0–1; a linear congruential generator, so that every run of the bench sees the same. */
let state = 1;
const uniform = () => (state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32;
/** Standard normal (Box & Muller 1958). */
const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());

interface Scenario {
  /** Milliseconds of an epoch, 1 to EPOCHS. */
  epochMs: (epoch: number) => number;
  /** The epoch after which early stopping ends it, as it turns out. */
  endsAt?: () => number;
  /** Epochs after which it is paused for an hour. */
  pausedAfter?: number[];
}

const jittered = (share: number) => USUAL_MS * Math.max(0.1, 1 + share * normal());
const SCENARIOS: Record<string, Scenario> = {
  'always the same': { epochMs: () => USUAL_MS },
  'jitter of 10 %': { epochMs: () => jittered(0.1) },
  'jitter of 40 %': { epochMs: () => jittered(0.4) },
  'slower by half in the end': { epochMs: (epoch) => jittered(0.1) * (1 + (0.5 * epoch) / EPOCHS) },
  'twice as slow from the middle on': { epochMs: (epoch) => jittered(0.1) * (epoch > EPOCHS / 2 ? 2 : 1) },
  'one epoch in fifty takes ten times as long': { epochMs: () => jittered(0.1) * (uniform() < 0.02 ? 10 : 1) },
  'paused for an hour twice': { epochMs: () => jittered(0.1), pausedAfter: [15, 90] },
  'early stopping, somewhere': {
    epochMs: () => jittered(0.1),
    endsAt: () => 40 + Math.floor(uniform() * (EPOCHS - 40)),
  },
  'the first epoch takes ten times as long': { epochMs: (epoch) => jittered(0.1) * (epoch === 1 ? 10 : 1) },
};
const PATIENCE = 10;

interface Answer {
  estimated: number;
  low: number;
  high: number;
  naive: number;
  truth: number;
}

function simulated({ epochMs, endsAt, pausedAfter = [] }: Scenario): Map<number, Answer> {
  const last = endsAt?.() ?? EPOCHS;
  const durations = Array.from({ length: last }, (_, index) => epochMs(index + 1));
  let [at, paused] = [0, 0];
  const earlyStopping = { enabled: endsAt !== undefined, patience: PATIENCE, minDelta: 0 };
  const plan = { totalEpochs: EPOCHS, epochMs: 0, spec: { configuration: { earlyStopping } } };
  let timeLeft = new TimeLeft(plan, () => at);
  const answers = new Map<number, Answer>();
  durations.forEach((duration, index) => {
    const epoch = index + 1;
    at += duration;
    const bestIsYetToCome = epoch <= last - PATIENCE;
    const estimate = timeLeft.afterEpoch(epoch, bestIsYetToCome ? 1 / epoch : 1);
    const truth = durations.slice(epoch).reduce((sum, ms) => sum + ms, 0);
    const naive = ((at - paused) / epoch) * (EPOCHS - epoch);
    answers.set(epoch, { ...estimate, naive, truth });
    if (!pausedAfter.includes(epoch)) return;
    paused += 3_600_000;
    at += 3_600_000;
    // Another attempt, which knows of the epochs before it what the history does.
    timeLeft = new TimeLeft(plan, () => at);
    durations.slice(0, epoch).forEach((ms, before) => timeLeft.recall(1 / (before + 1), before === 0 ? null : ms));
    timeLeft.begin();
  });
  return answers;
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`.padStart(9);

console.log(`${RUNS} runs of ${EPOCHS} epochs each; error: median of |estimate − truth| ÷ truth`);
console.log('scenario'.padEnd(44) + 'asked at  error   usual   ratio   between bounds   width ÷ truth');
for (const [name, scenario] of Object.entries(SCENARIOS)) {
  const runs = Array.from({ length: RUNS }, () => simulated(scenario));
  for (const share of ASKED_AT) {
    const asked = runs.flatMap((run) => run.get(Math.round(share * Math.max(...run.keys()))) ?? []);
    const known = asked.filter(({ truth }) => truth > 0);
    const error = median(known.map(({ estimated, truth }) => Math.abs(estimated - truth) / truth));
    const usual = median(known.map(({ naive, truth }) => Math.abs(naive - truth) / truth));
    const between = known.filter(({ low, high, truth }) => low <= truth && truth <= high).length / known.length;
    const width = median(known.map(({ low, high, truth }) => (high - low) / truth));
    const ratio = usual === 0 ? '-' : (error / usual).toFixed(2);
    console.log(
      `${name.padEnd(44)}${percent(share)}${percent(error)}${percent(usual)}${ratio.padStart(7)}${percent(between)}${percent(width)}`,
    );
  }
}
