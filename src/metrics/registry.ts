import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Everything this process measures of itself. docs/metrics.md lists it, and a test holds the two together. */
export const registry = new Registry();

const PREFIX = 'ai_training_';

interface Described<Label extends string> {
  /** Without the prefix; by Prometheus' conventions: base units, `_total` for counters. */
  name: string;
  help: string;
  /** Their values come from lists that are short and closed: never an id, a name or a tenant. */
  labels?: readonly Label[];
}

const configured = <Label extends string>({ name, help, labels = [] }: Described<Label>) => ({
  name: PREFIX + name,
  help,
  labelNames: labels,
  registers: [registry],
});

export const counter = <Label extends string>(of: Described<Label>) => new Counter<Label>(configured(of));

/** `collect`: called before each scrape. */
export const gauge = <Label extends string>(
  of: Described<Label> & { collect?: (this: Gauge<Label>) => void | Promise<void> },
) => new Gauge<Label>({ ...configured(of), ...(of.collect && { collect: of.collect }) });

/** `buckets`: upper bounds, rising. */
export const histogram = <Label extends string>(of: Described<Label> & { buckets: number[] }) =>
  new Histogram<Label>({ ...configured(of), buckets: of.buckets });

/** Bounds for what takes from a millisecond to ten seconds, in seconds. */
export const SHORT_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Bounds for what takes from a second to a day, in seconds. */
export const LONG_SECONDS = [1, 5, 15, 60, 300, 900, 3_600, 4 * 3_600, 12 * 3_600, 24 * 3_600];

const readings: (() => Promise<void>)[] = [];

/** `read` is done before each scrape: numbers that have to be asked for. It must not throw. */
export function beforeScrape(read: () => Promise<void>): void {
  readings.push(read);
}

/** Everything, in Prometheus' text format. */
export async function scrape(): Promise<string> {
  await Promise.all(readings.map((read) => read()));
  return registry.metrics();
}
