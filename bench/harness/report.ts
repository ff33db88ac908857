import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Samples } from './interleave.js';
import { thisMachine } from './machine.js';
import { median, quantile } from './median.js';

export interface Row {
  subject: string;
  median: number;
  /** From the 25th to the 75th percentile of the rounds, as a share of the median. */
  spread: number;
  /** To the baseline, round by round; their median. */
  ratio: number;
}

export interface Table {
  title: string;
  unit: string;
  /** The subject that the others are held against. */
  baseline: string;
  rounds: number;
  rows: Row[];
}

export interface Target {
  what: string;
  value: number;
  bound: string;
  isMet: boolean;
}

/** What a benchmark has to say: told on the terminal as it comes, and written as JSON in the end. */
export class Report {
  private readonly tables: Table[] = [];
  private readonly targets: Target[] = [];
  private readonly notes: string[] = [];

  constructor(
    private readonly name: string,
    private readonly size: 'quick' | 'full',
  ) {}

  /** `baseline`: the name of a sample. */
  table(title: string, unit: string, baseline: string, samples: Samples): Table {
    const known = samples[baseline]!;
    const rows = Object.entries(samples).map(([subject, values]) => ({
      subject,
      median: median(values),
      spread: (quantile(values, 0.75) - quantile(values, 0.25)) / median(values),
      ratio: median(values.map((value, round) => value / known[round]!)),
    }));
    const table = { title, unit, baseline, rounds: known.length, rows };
    this.tables.push(table);
    console.log(`\n${title} (${unit}, median of ${known.length} rounds)`);
    for (const row of rows) {
      const spread = `± ${Math.round(50 * row.spread)} %`;
      console.log(
        `  ${row.subject.padEnd(52)}${shown(row.median).padStart(12)} ${spread.padStart(8)}  ${shown(row.ratio)}`,
      );
    }
    return table;
  }

  /** What is wanted of a ratio or a figure; told, never enforced. */
  target(what: string, value: number, bound: { atLeast: number } | { atMost: number }): void {
    const isMet = 'atLeast' in bound ? value >= bound.atLeast : value <= bound.atMost;
    const told = 'atLeast' in bound ? `≥ ${bound.atLeast}` : `≤ ${bound.atMost}`;
    this.targets.push({ what, value, bound: told, isMet });
    console.log(`  ${isMet ? 'met' : 'NOT MET'}: ${what}: ${shown(value)} (${told})`);
  }

  note(text: string): void {
    this.notes.push(text);
    console.log(`  ${text}`);
  }

  /** Full forms lie beside the code; quick ones are nobody's figures. */
  write(): void {
    const folder = path.resolve('bench', 'results', ...(this.size === 'full' ? [] : ['quick']));
    mkdirSync(folder, { recursive: true });
    const { name, size, tables, targets, notes } = this;
    const at = new Date().toISOString().slice(0, 10);
    const result = { name, size, at, machine: thisMachine(), tables, targets, notes };
    writeFileSync(path.join(folder, `${name}.json`), `${JSON.stringify(result, null, 2)}\n`);
  }
}

/** Ratio of a subject to the baseline of its table. */
export const ratioOf = ({ rows }: Table, subject: string) => rows.find((row) => row.subject === subject)!.ratio;

/** Three significant digits, whole numbers whole. */
export function shown(value: number): string {
  if (Math.abs(value) >= 1_000) return Math.round(value).toLocaleString('en');
  return String(Number(value.toPrecision(3)));
}
