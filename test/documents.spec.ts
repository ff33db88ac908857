import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type LogLine, logLinesIn, logLinesOf } from './support/log-lines.js';

/** Codes as the sources write them: of domain errors, of jobs in the wrong status, of runs that failed. */
const CODES = [
  /super\(\s*'(?:invalid|unauthorized|forbidden|not_found|not_acceptable|conflict|too_large|unprocessable|unavailable)',\s*'([a-z_]+)'/g,
  /super\('([a-z_]+)', status,/g,
  /new (?:TrainingFailedError|PassingFailureError)\(\s*'([a-z_]+)'/g,
];
/** And in the HTTP layer. */
const IN_HTTP = /\bcode: '([a-z_]+)', detail:/g;

function namedSources(folder = 'src') {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
    .map((name) => ({ name, text: readFileSync(path.join(folder, name), 'utf8') }));
}

const sources = (folder: string) => namedSources(folder).map(({ text }) => text);

function codesIn(texts: string[], pattern: RegExp): string[] {
  return texts.flatMap((text) => [...text.matchAll(pattern)].map((match) => match[1]!));
}

describe('openapi.json', () => {
  it('is what the API says of itself (npm run openapi writes it)', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'ai-training-openapi-'));
    execFileSync(process.execPath, [path.resolve('dist/cli/openapi.js')], { cwd: folder, env: process.env });
    const current = readFileSync(path.join(folder, 'openapi.json'), 'utf8');
    rmSync(folder, { recursive: true });
    expect(readFileSync('openapi.json', 'utf8')).toBe(current);
  });
});

describe('docs/api.md', () => {
  const page = readFileSync('docs/api.md', 'utf8');
  const all = sources('src');
  const http = sources('src/http/problem');

  it('lists every error code of the sources', () => {
    const codes = new Set([...CODES.flatMap((pattern) => codesIn(all, pattern)), ...codesIn(http, IN_HTTP)]);
    expect(codes.size).toBeGreaterThan(30);
    expect([...codes].filter((code) => !page.includes(`\`${code}\``))).toEqual([]);
  });
});

describe('docs/logging.md', () => {
  const name = ({ context, message, level }: LogLine) => `${context}: ${message} (${level})`;

  it('lists every line that the sources write, with its level, and no other', () => {
    const written = logLinesOf(namedSources()).map(name);
    expect(written.length).toBeGreaterThan(80);
    const page = readFileSync('docs/logging.md', 'utf8');
    expect(logLinesIn(page).map(name).toSorted()).toEqual([...new Set(written)].toSorted());
  });
});

describe('docs/owasp.md', () => {
  /** `file`: title of a test, up to the next one or the end of the cell. */
  const TEST = /`((?:src|test)\/[^`]+\.spec\.ts)`: (.+?)(?=; `| +\|)/g;

  it('names tests that exist', () => {
    const page = readFileSync('docs/owasp.md', 'utf8');
    const named = [...page.matchAll(TEST)].map(([, file, title]) => ({
      file: file!,
      title: title!.replace(/\\([_*|])/g, '$1').replaceAll('&lt;', '<'),
    }));
    expect(named.length).toBeGreaterThan(150);
    const missing = named.filter(({ file, title }) => {
      const source = readFileSync(file, 'utf8');
      return !title.split(' › ').every((part) => source.includes(part) || source.includes(part.replaceAll("'", "\\'")));
    });
    expect(missing).toEqual([]);
  });
});
