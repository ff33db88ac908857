import { eventually } from './eventually.js';
import type { PlatformProcess } from './process.js';

interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

/** One scrape, in Prometheus' text format. */
export class Scrape {
  private readonly samples: Sample[];

  constructor(private readonly text: string) {
    this.samples = [...text.matchAll(/^(\w+)(?:\{(.*)\})? (\S+)$/gm)].map(([, name, labels = '', value]) => ({
      name: name!,
      labels: Object.fromEntries([...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, given]) => [key!, given!])),
      value: Number(value),
    }));
  }

  /** Of the sample with exactly these labels; 0 where there is none yet. */
  value(name: string, labels: Record<string, string> = {}): number {
    const wanted = JSON.stringify(Object.entries(labels).toSorted());
    const found = this.samples.find(
      (sample) => sample.name === name && JSON.stringify(Object.entries(sample.labels).toSorted()) === wanted,
    );
    return found?.value ?? 0;
  }

  types(prefix: string): Record<string, string> {
    const types = [...this.text.matchAll(/^# TYPE (\w+) (\w+)$/gm)].map(([, name, type]) => [name!, type!] as const);
    return Object.fromEntries(types.filter(([name]) => name.startsWith(prefix)).toSorted());
  }

  /** Names of the labels of each metric that has a sample, without the bounds of buckets. */
  labels(prefix: string): [name: string, labels: string[]][] {
    const metrics = Object.keys(this.types(prefix));
    const of = (sample: string) => metrics.find((name) => [name, `${name}_count`].includes(sample));
    return this.samples.flatMap(({ name, labels }): [string, string[]][] => {
      const metric = of(name);
      return metric ? [[metric, Object.keys(labels).toSorted()]] : [];
    });
  }
}

/** The port of a process for whoever runs it. */
export class Metrics {
  private constructor(readonly address: string) {}

  static async of(process: PlatformProcess): Promise<Metrics> {
    const line = () => process.logs().find(({ msg }) => msg === 'Metrics are served');
    const { port } = (await eventually(line, 'the metrics are served')) as { port?: number };
    return new Metrics(`127.0.0.1:${port}`);
  }

  async read(): Promise<Scrape> {
    const response = await fetch(`http://${this.address}/metrics`);
    if (response.status !== 200) throw new Error(`/metrics answered ${response.status}`);
    return new Scrape(await response.text());
  }

  async ask(path: string, method = 'GET'): Promise<[status: number, body: unknown]> {
    const response = await fetch(`http://${this.address}${path}`, { method });
    return [response.status, path === '/metrics' && response.ok ? null : await response.json()];
  }
}
