import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readEnvironment } from '../src/config/environment.js';
import { ARCHIVE_EXTENSIONS, CONTENT_AS } from '../src/modules/datasets/content/content-type.js';
import { MOST_CHARACTERS } from '../src/modules/processing/inspection/images/archive/entry-path.js';
import { HARMLESS_BYTES, MOST_RATIO } from '../src/modules/processing/inspection/images/archive/expansion.js';
import { MOST_CLASSES as MOST_FOLDERS } from '../src/modules/processing/inspection/images/survey/class-folders.js';
import { limitsOf } from '../src/modules/processing/inspection/limits.js';
import { LONGEST_NAME } from '../src/modules/processing/inspection/tabular/check-columns.js';
import { MOST_CLASSES } from '../src/modules/processing/inspection/tabular/check-target.js';
import { LONGEST_ROW_BYTES } from '../src/modules/processing/inspection/tabular/csv-dialect.js';
import { FREELY_EXPANDED, MOST_EXPANSION } from '../src/modules/processing/inspection/tabular/json-to-csv.js';
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

describe('docs/traces.md', () => {
  const BEGUN = /(?:beginSpan|inSpan|\.part)\(\s*'([^']+)'|\bpart\(run, '([^']+)'/g;

  it('lists every span that the sources begin, and no other', () => {
    const begun = namedSources().flatMap(({ text }) => [...text.matchAll(BEGUN)].map(([, name, part]) => name ?? part));
    const [, table] = readFileSync('docs/traces.md', 'utf8').split('\n## Spans\n');
    const listed = [...table!.matchAll(/^\| `([^`]+)` +\| /gm)].map(([, name]) => name);
    // That of a request is called by its route.
    expect(listed.toSorted()).toEqual([...new Set(begun)].toSorted());
  });
});

describe('docs/datasets.md', () => {
  const page = readFileSync('docs/datasets.md', 'utf8');
  /** The cells of the rows of all its tables, without the marks of code. */
  const rows = [...page.matchAll(/^\| (.+) \|$/gm)].map(([, row]) =>
    row!.split(' | ').map((cell) => cell.replaceAll('`', '').trim()),
  );
  const environment = readEnvironment({ DATABASE_URL: 'postgresql://localhost/x', JWT_SECRET: 's'.repeat(32) });
  const limits = limitsOf(environment);

  it.each([
    ['bytes of an upload', [environment.UPLOAD_LIMIT_BYTES]],
    ['bytes unpacked', [limits.maxExpandedBytes, environment.INSPECTION_EXPANDED_MB]],
    ['bytes of JSON as a table', [MOST_EXPANSION, FREELY_EXPANDED]],
    ['ratio of unpacking', [HARMLESS_BYTES, MOST_RATIO]],
    ['files in an archive', [limits.maxFiles]],
    ['characters of a path', [MOST_CHARACTERS]],
    ['pixels of an image', [limits.maxPixels]],
    ['columns', [limits.maxColumns]],
    ["characters of a column's name", [LONGEST_NAME]],
    ['bytes of a row', [LONGEST_ROW_BYTES]],
    ['classes', [MOST_CLASSES]],
    ['classes', [MOST_FOLDERS]],
    ['milliseconds of looking', [limits.timeoutMs]],
  ])('has the most %s as the sources have it', (what, numbers) => {
    const row = rows.find(([first]) => first!.startsWith(what))!;
    const written = [
      ...row
        .slice(0, 2)
        .join(' ')
        .matchAll(/\d[\d,]*/g),
    ].map(([text]) => Number(text.replaceAll(',', '')));
    expect(written.toSorted((a, b) => a - b)).toEqual(numbers.toSorted((a, b) => a - b));
  });

  it('names codes that the sources have', () => {
    const [start, end] = [page.indexOf('### How much at most'), page.indexOf('## What is measured')];
    const codes = [...page.slice(start, end).matchAll(/`([a-z]+(?:_[a-z]+)+)`/g)].map(([, code]) => code!);
    expect(codes.length).toBeGreaterThan(10);
    const text = sources('src').join('\n');
    expect(codes.filter((code) => !text.includes(`'${code}'`))).toEqual([]);
  });

  it('lists the extensions and types of downloads as the sources have them', () => {
    const { images, ...tables } = CONTENT_AS;
    const documented = Object.fromEntries(rows.map(([format, extensions, type]) => [format, { extensions, type }]));
    for (const [format, { extensions, mediaType }] of Object.entries(tables)) {
      const row = rows.find(([name, list]) => name === format && list === extensions.join(', '))!;
      expect(row?.[2]).toMatch(new RegExp(`^${mediaType}(,|$)`));
    }
    for (const [layout, extensions] of Object.entries(ARCHIVE_EXTENSIONS)) {
      const row = { extensions: extensions.join(', '), type: images.mediaType };
      expect(documented[`images, ${layout}`]).toEqual(row);
    }
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

  /** Items by the table that they stand in, and those that do not apply. */
  const itemsOf = (page: string) => {
    const items: { id: string; level: number; kind: string; tests: string }[] = [];
    let kind = 'held';
    for (const line of page.split('\n')) {
      if (line.startsWith('## ')) kind = 'held';
      if (line.startsWith('Open, of level 3:')) kind = 'open';
      if (line.startsWith('For whoever runs the platform:')) kind = 'operator';
      const [, id, level] = /^\| (\d+\.\d+\.\d+) +\| (\d) +\|/.exec(line) ?? [];
      if (id) items.push({ id, level: Number(level), kind, tests: line.split(' | ').at(-1)! });
      if (!line.startsWith('Does not apply: ')) continue;
      for (const [, one] of line.matchAll(/[(,] ?(\d+\.\d+\.\d+)/g))
        items.push({ id: one!, level: 0, kind: 'none', tests: '' });
    }
    return items;
  };

  it('has every item of ASVS once, with a test for each that applies at level 1 and 2', () => {
    const page = readFileSync('docs/owasp.md', 'utf8');
    const items = itemsOf(page);
    expect(new Set(items.map(({ id }) => id)).size).toBe(345);
    expect(items).toHaveLength(345);
    const of = (kind: string) => items.filter((item) => item.kind === kind);
    expect(of('open').filter(({ level }) => level !== 3)).toEqual([]);
    const untested = of('held').filter(
      ({ tests }) => !/^`(src|test)\/[^`]+\.(spec|contract)\.ts`: |^`npm run check`: /.test(tests),
    );
    expect(untested.map(({ id }) => id)).toEqual([]);
    const counts = /345 items (\d+) are held .*?, (\d+) are the part .*?, (\d+) ask .*? and (\d+), all/
      .exec(page)!
      .slice(1);
    expect(counts.map(Number)).toEqual(['held', 'operator', 'none', 'open'].map((kind) => of(kind).length));
  });
});
