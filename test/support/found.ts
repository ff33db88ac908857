import type { RegistryModel, RegistryVersion } from '../factories/registry.factory.js';

export interface Question {
  modelType?: string[];
  status?: string[];
  bounds: { metric: string; gte?: number; lte?: number }[];
  /** Each a list of labels that all have to hold. */
  label?: [key: string, value: string][][];
  sort?: { metric: string; descending: boolean };
}

const LOWER = new Set(['mae', 'mse', 'rmse', 'loss', 'validationLoss']);

/** As a client asks it. */
export function queryOf({ modelType = [], status = [], bounds, label = [], sort }: Question): string {
  const entries = [
    ...modelType.map((value) => ['modelType', value]),
    ...status.map((value) => ['status', value]),
    ...bounds.flatMap(({ metric, ...sides }) =>
      Object.entries(sides).map(([side, value]) => [`metrics.${metric}[${side}]`, String(value)]),
    ),
    ...label.map((pairs) => ['label', pairs.map((pair) => pair.join(':')).join(',')]),
    ...(sort ? [['sort', `${sort.descending ? '-' : ''}metrics.${sort.metric}`]] : []),
  ];
  return new URLSearchParams(entries as [string, string][]).toString();
}

type Labels = Record<string, string>;

function labelled(question: Question, ...sets: Labels[]): boolean {
  const holds = ([key, value]: [string, string]) => sets.some((labels) => labels[key] === value);
  return question.label === undefined || question.label.some((pairs) => pairs.every(holds));
}

function meets(version: RegistryVersion, question: Question, ...more: Labels[]): boolean {
  const { modelType, status, bounds } = question;
  if (modelType && !modelType.includes(version.modelType)) return false;
  if (status && !status.includes(version.status)) return false;
  const within = bounds.every(({ metric, gte = -Infinity, lte = Infinity }) => {
    const value = version.metrics?.[metric];
    return value !== undefined && value >= gte && value <= lte;
  });
  return within && labelled(question, version.labels, ...more);
}

const textOrder = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function ranked<T extends { id: string; value?: number }>(rows: T[], descending: boolean): T[] {
  return rows.toSorted((a, b) => {
    if (a.value === undefined || b.value === undefined) {
      const [last, other] = [a, b].map(({ value }) => Number(value === undefined)) as [number, number];
      return last - other || textOrder(a.id, b.id);
    }
    return (descending ? b.value - a.value : a.value - b.value) || textOrder(a.id, b.id);
  });
}

/** Ids of the versions that the question is answered with, in order. */
export function versionsFor(question: Question, versions: readonly RegistryVersion[]): string[] {
  const found = versions.filter((version) => meets(version, question));
  const { sort } = question;
  if (!sort) return found.map(({ id }) => id).toSorted((a, b) => textOrder(b, a));
  const rows = found.map(({ id, metrics }) => ({ id, value: metrics?.[sort.metric] }));
  return ranked(rows, sort.descending).map(({ id }) => id);
}

export interface FoundModel {
  id: string;
  versionId?: string;
  value?: number;
}

/** The models that the question is answered with, in order, each with the version it is found by. */
export function modelsFor(
  question: Question,
  models: readonly RegistryModel[],
  versions: readonly RegistryVersion[],
): FoundModel[] {
  const asked = Object.entries(question).some(
    ([name, value]) => value && (name !== 'bounds' || question.bounds.length),
  );
  const alone = !question.modelType && !question.status && question.bounds.length === 0;
  const found = models.flatMap(({ id, labels }): FoundModel[] => {
    const meeting = versions.filter(({ modelId }) => modelId === id).filter((one) => meets(one, question, labels));
    if (meeting.length === 0) return alone && labelled(question, labels) ? [{ id }] : [];
    if (!asked) return [{ id }];
    const { sort } = question;
    if (!sort)
      return [
        {
          id,
          versionId: meeting
            .map((one) => one.id)
            .toSorted(textOrder)
            .at(-1)!,
        },
      ];
    const rows = meeting.map((one) => ({ id: one.id, value: one.metrics?.[sort.metric] }));
    const [best] = ranked(rows, !LOWER.has(sort.metric));
    return [{ id, versionId: best!.id, ...(best!.value !== undefined && { value: best!.value }) }];
  });
  const { sort } = question;
  return sort ? ranked(found, sort.descending) : found.toSorted((a, b) => textOrder(a.id, b.id));
}
