import { readFileSync } from 'node:fs';
import path from 'node:path';
import { schema } from './schema.js';

type Value = string | number | boolean;

interface Spec {
  desc?: string;
  default?: Value | undefined;
  devDefault?: Value;
}

interface Entry {
  doc: string;
  value: string;
}

/** Reads pairs of lines: `# what it means` and `# NAME=default`. */
function entries(text: string): Record<string, Entry> {
  const found: Record<string, Entry> = {};
  let previous = '';
  for (const line of text.split('\n')) {
    const [, name, value] = /^#? ?([A-Z][A-Z0-9_]*)=(.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) found[name] = { doc: previous.replace(/^# /, ''), value };
    previous = line;
  }
  return found;
}

const example = readFileSync(path.join(process.cwd(), '.env.example'), 'utf8');

describe('.env.example', () => {
  it('lists every variable of the schema and no other, each with its doc line and its default in development', () => {
    const expected = Object.fromEntries(
      Object.entries<Spec>(schema).map(([name, spec]) => {
        const { desc, default: fallback, devDefault } = spec;
        return [name, { doc: desc, value: String(devDefault ?? fallback ?? '') }];
      }),
    );
    expect(entries(example)).toEqual(expected);
  });

  it('sets nothing by itself', () => {
    expect(example.split('\n').filter((line) => line !== '' && !line.startsWith('#'))).toEqual([]);
  });
});
