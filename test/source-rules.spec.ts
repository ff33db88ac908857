import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Files that start other processes: the embedded database, the reader of content, what npm start supervises. */
const START_PROCESSES = [
  'embedded/run.ts',
  'embedded/start-server.ts',
  'modules/processing/inspection/inspector.ts',
  'standalone/run-migrations.ts',
  'standalone/supervised-process.ts',
];

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
