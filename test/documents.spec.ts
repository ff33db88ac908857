import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Codes as the sources write them: of domain errors, of jobs in the wrong status, of runs that failed. */
const CODES = [
  /super\(\s*'(?:invalid|unauthorized|forbidden|not_found|not_acceptable|conflict|too_large|unprocessable|unavailable)',\s*'([a-z_]+)'/g,
  /super\('([a-z_]+)', status,/g,
  /new (?:TrainingFailedError|PassingFailureError)\(\s*'([a-z_]+)'/g,
];
/** And in the HTTP layer. */
const IN_HTTP = /\bcode: '([a-z_]+)', detail:/g;

function sources(folder: string, fits: (name: string) => boolean): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts') && fits(name))
    .map((name) => readFileSync(path.join(folder, name), 'utf8'));
}

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
  const all = sources('src', () => true);
  const http = sources('src/http/problem', () => true);

  it('lists every error code of the sources', () => {
    const codes = new Set([...CODES.flatMap((pattern) => codesIn(all, pattern)), ...codesIn(http, IN_HTTP)]);
    expect(codes.size).toBeGreaterThan(30);
    expect([...codes].filter((code) => !page.includes(`\`${code}\``))).toEqual([]);
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
