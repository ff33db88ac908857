import { AlertAction } from './alert-action-kind.js';

/** When an alert fires, what is done then, and when it is over. */
export interface AlarmSettings {
  enabled: boolean;
  action: AlertAction;
  /** Bad epochs in a row before it fires. */
  patience: number;
  /** Good epochs in a row before it resolves. */
  recovery: number;
  /** Epochs after it has resolved before it may fire again. */
  cooldown: number;
}

/** What a rule of a job's own looks at. */
export enum RuleMetric {
  Loss = 'loss',
  ValidationLoss = 'validationLoss',
  Accuracy = 'accuracy',
  LearningRate = 'learningRate',
  /** Milliseconds that the engine took. */
  EpochDuration = 'epochDuration',
}

export enum RuleKind {
  /** Above or below a bound. */
  Threshold = 'threshold',
  /** Against the value `window` epochs before, as a share of it. */
  Change = 'change',
  /** Against the mean of the `window` epochs before, in their standard deviations. */
  ZScore = 'z_score',
}

export interface AlertRule extends AlarmSettings {
  name: string;
  metric: RuleMetric;
  kind: RuleKind;
  /** Bad above it. */
  above?: number;
  /** Bad below it. */
  below?: number;
  /** Epochs. */
  window: number;
}

/** What is watched for while a job trains, defaults filled in. */
export interface AlertSettings {
  enabled: boolean;
  /** `ratio`: of the loss to its best. */
  divergence: AlarmSettings & { ratio: number };
  /** `rise`: of the validation loss above its best, as a share of that. */
  overfitting: AlarmSettings & { rise: number };
  /** `window`: epochs that are compared with as many before. */
  plateau: AlarmSettings & { window: number };
  /** `drop`: of the accuracy below its best, 0–1. */
  accuracyDrop: AlarmSettings & { drop: number };
  /** `ratio`: of an epoch's duration to the usual one. */
  slowEpochs: AlarmSettings & { ratio: number };
  /** `patienceMs`: milliseconds without a report. */
  stalledWorker: { enabled: boolean; patienceMs: number };
  attemptFailed: { enabled: boolean };
  rules: AlertRule[];
}

const alarm = (patience: number, recovery: number, cooldown: number): AlarmSettings => ({
  ...{ enabled: true, action: AlertAction.Notify },
  ...{ patience, recovery, cooldown },
});

/** What is watched for when a job says nothing; docs/alerts.md says why these. */
export const DEFAULT_ALERTS: Readonly<AlertSettings> = {
  enabled: true,
  divergence: { ...alarm(3, 5, 10), ratio: 2 },
  overfitting: { ...alarm(5, 5, 20), rise: 0.1 },
  plateau: { ...alarm(3, 1, 20), window: 5 },
  accuracyDrop: { ...alarm(3, 5, 10), drop: 0.1 },
  slowEpochs: { ...alarm(3, 5, 10), ratio: 3 },
  stalledWorker: { enabled: true, patienceMs: 30_000 },
  attemptFailed: { enabled: true },
  rules: [],
};

/** Rules of one job, and what they may be called: as their alerts are. */
export const MOST_RULES = 20;
export const RULE_NAME = /^[a-z][a-z0-9_]{0,63}$/;

/** What a rule has that does not say. */
export const DEFAULT_RULE = { ...alarm(3, 3, 10), window: 10 };

type Given<T> = { [K in keyof T]?: T[K] | undefined };

/** What a job asks for: any part of any of them. */
export interface GivenAlertSettings {
  enabled?: boolean | undefined;
  divergence?: Given<AlertSettings['divergence']> | undefined;
  overfitting?: Given<AlertSettings['overfitting']> | undefined;
  plateau?: Given<AlertSettings['plateau']> | undefined;
  accuracyDrop?: Given<AlertSettings['accuracyDrop']> | undefined;
  slowEpochs?: Given<AlertSettings['slowEpochs']> | undefined;
  stalledWorker?: Given<AlertSettings['stalledWorker']> | undefined;
  attemptFailed?: Given<AlertSettings['attemptFailed']> | undefined;
  rules?: (Given<AlertRule> & Pick<AlertRule, 'name' | 'metric' | 'kind'>)[] | undefined;
}

/** The complete set: a copy, with what was left out as in DEFAULT_ALERTS. */
export function resolveAlertSettings(given: GivenAlertSettings = {}): AlertSettings {
  return {
    enabled: given.enabled ?? DEFAULT_ALERTS.enabled,
    divergence: filled(DEFAULT_ALERTS.divergence, given.divergence),
    overfitting: filled(DEFAULT_ALERTS.overfitting, given.overfitting),
    plateau: filled(DEFAULT_ALERTS.plateau, given.plateau),
    accuracyDrop: filled(DEFAULT_ALERTS.accuracyDrop, given.accuracyDrop),
    slowEpochs: filled(DEFAULT_ALERTS.slowEpochs, given.slowEpochs),
    stalledWorker: filled(DEFAULT_ALERTS.stalledWorker, given.stalledWorker),
    attemptFailed: filled(DEFAULT_ALERTS.attemptFailed, given.attemptFailed),
    rules: (given.rules ?? []).map(({ name, metric, kind, ...rest }) => ({
      ...{ name, metric, kind },
      ...filled<Omit<AlertRule, 'name' | 'metric' | 'kind'>>(DEFAULT_RULE, rest),
    })),
  };
}

/** The defaults, and over them what was given. */
function filled<T extends object>(defaults: T, given: Given<T> = {}): T {
  const said = Object.entries(given).filter(([, value]) => value !== undefined);
  return { ...defaults, ...(Object.fromEntries(said) as Partial<T>) };
}
