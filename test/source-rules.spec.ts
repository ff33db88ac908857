import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** Files that start other processes: the embedded database, the reader of content, what npm start supervises. */
const START_PROCESSES = [
  'embedded/run.ts',
  'embedded/start-server.ts',
  'modules/processing/inspection/inspector.ts',
  'standalone/run-migrations.ts',
  'standalone/supervised-process.ts',
];

/** Patterns that take more than proportional time, and why what they are given is short. */
const SHORT_INPUT: Readonly<Record<string, string>> = {
  [String.raw`/\/+$/`]: 'an address on the own command line',
  [String.raw`/(["'])[^"']*\/[^"']*\1/g`]: 'the first line of an error of the engine',
  [String.raw`/\S*\/\S+\/\S*/g`]: 'as above',
  [String.raw`/[\s\S]*is not valid JSON$/`]: 'an error of JSON.parse, which quotes a few characters',
  [String.raw`/^\s*\d{4}-\d{2}-\d{2}([T ]\d{2}:.*)?\s*$/`]: 'a cell of at most LONGEST_DATUM characters',
};

/** In a process of its own: within jest's sandbox it takes six times as long. */
const CHECK = `
  import { text } from 'node:stream/consumers';
  import recheck from 'recheck';
  const complexityOf = (literal) => {
    const end = literal.lastIndexOf('/');
    const found = recheck.checkSync(literal.slice(1, end), literal.slice(end + 1), { timeout: 30_000 });
    return found.status === 'vulnerable' ? found.complexity.type : found.status;
  };
  const literals = JSON.parse(await text(process.stdin));
  console.log(JSON.stringify(literals.map((literal) => [literal, complexityOf(literal)])));`;

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
  .map((name) => ({ name, text: readFileSync(path.join('src', name), 'utf8') }));

const matches = (pattern: RegExp) =>
  sources.flatMap(({ text }) => [...text.matchAll(pattern)].map((match) => match[1]!));

describe('the sources', () => {
  it('start processes in few places, and no shell anywhere', () => {
    const starting = sources.filter(({ text }) => text.includes('node:child_process') && !isTypeOnly(text));
    expect(starting.map(({ name }) => name).toSorted()).toEqual(START_PROCESSES);
    expect(matches(/\b(exec|execSync)\(['"`]/g)).toEqual([]);
    expect(matches(/\b(shell): true/g)).toEqual([]);
  });

  it('hash with SHA-256 and nothing else', () => {
    const algorithms = matches(/\bcreateH(?:ash|mac)\(\s*'([^']+)'/g);
    expect(algorithms.length).toBeGreaterThan(5);
    expect(new Set(algorithms)).toEqual(new Set(['sha256']));
    expect(matches(/\bcreateH(?:ash|mac)\(\s*([^'\s])/g)).toEqual([]);
  });

  it('take random numbers from the system, but for when to sweep', () => {
    const guessable = sources.filter(({ text }) => text.includes('Math.random')).map(({ name }) => name);
    expect(guessable).toEqual(['queue/hourly.ts']);
  });
});

describe('regular expressions', () => {
  /** Each literal with `safe`, `polynomial`, `exponential` or `unknown`. */
  const complexities = (texts: string[]) => {
    const input = JSON.stringify(texts.flatMap(literalsIn));
    // Neither Java nor the native programs that come with it: the same everywhere.
    const env = { ...process.env, RECHECK_SYNC_BACKEND: 'pure' };
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', CHECK], { input, env });
    return JSON.parse(output.toString()) as [literal: string, complexity: string][];
  };

  it('are told apart by how they backtrack', () => {
    const known = String.raw`const [a, b] = [/^(a+)+$/, /^(\w|\d)+$/u]; text.replace(/^a*b*a*$/, ' / '); 1 / 2 / 3; /^[^/]+$/i;`;
    expect(complexities([known])).toEqual([
      ['/^(a+)+$/', 'exponential'],
      [String.raw`/^(\w|\d)+$/u`, 'exponential'],
      ['/^a*b*a*$/', 'polynomial'],
      ['/^[^/]+$/i', 'safe'],
    ]);
  });

  it('backtrack never exponentially, and otherwise on short texts alone', () => {
    const all = complexities(sources.map(({ text }) => text));
    expect(all.length).toBeGreaterThan(80);
    const slow = all.filter(([, complexity]) => complexity !== 'safe');
    expect(slow.toSorted()).toEqual(
      Object.keys(SHORT_INPUT)
        .map((literal) => [literal, 'polynomial'])
        .toSorted(),
    );
  });

  it('are written as literals, but for one of numbers in cells of at most 64 characters', () => {
    const composed = sources.filter(({ text }) => /\bRegExp\(/.test(text)).map(({ name }) => name);
    expect(composed).toEqual(['modules/processing/inspection/tabular/guess-readings.ts']);
  });
});

describe('the image', () => {
  it('gets what is named, and so neither history, secrets nor data', () => {
    const [everything, ...named] = readFileSync('.dockerignore', 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    expect(everything).toBe('*');
    for (const line of named.filter((entry) => entry.startsWith('!'))) expect(line).toMatch(/^!(src|[\w.-]+\.json)$/);
  });
});

function isTypeOnly(text: string): boolean {
  return (
    /import type [^;]*'node:child_process'/.test(text) && !/import \{(?! type)[^;]*'node:child_process'/.test(text)
  );
}

function literalsIn(text: string): string[] {
  const literals: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) literals.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest));
  return literals;
}
