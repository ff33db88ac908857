// Adds up what the tests covered in their own process and in the real processes they started, line by line, and ends
// with the plain count of the tests. Exit code 1 below the threshold, or when a test failed or was skipped.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const THRESHOLD_PERCENT = 95;

/** Left out by name, with the reason. */
const LEFT_OUT = new Map([['src/database/data-source.ts', 'loaded by the TypeORM command line alone']]);

const read = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** Nothing but types: compiled to an empty module, which no process ever runs. */
const isTypesOnly = (name) =>
  /^(\/\/.*\s*|export \{\};\s*)*$/.test(readFileSync(name.replace('src', 'dist').replace('.ts', '.js'), 'utf8'));

/** One of ours; source maps of libraries name files of theirs that look the same. */
const counts = (name) => name.startsWith('src/') && existsSync(name) && !LEFT_OUT.has(name) && !isTypesOnly(name);

/** Line → times run, over all reports. A line counts as covered when any of them ran it. */
function addLines(files, report) {
  for (const [file, { statementMap, s }] of Object.entries(report)) {
    const name = path.relative(process.cwd(), file);
    if (!counts(name)) continue;
    const lines = files.get(name) ?? new Map();
    files.set(name, lines);
    for (const [id, { start }] of Object.entries(statementMap)) {
      lines.set(start.line, (lines.get(start.line) ?? 0) + s[id]);
    }
  }
}

function coverage(reports) {
  const files = new Map();
  for (const report of reports) addLines(files, read(report));
  return [...files].map(([name, lines]) => {
    const missed = [...lines].filter(([, runs]) => runs === 0).map(([line]) => line);
    return { name, lines: lines.size, missed: missed.toSorted((a, b) => a - b) };
  });
}

const files = coverage(['coverage/coverage-final.json', 'coverage/children/coverage-final.json']);
for (const { name, lines, missed } of files.filter((file) => file.missed.length > 0)) {
  console.log(
    `${(100 - (100 * missed.length) / lines).toFixed(1).padStart(5)} %  ${name}  not run: ${missed.join(' ')}`,
  );
}
const sum = (pick) => files.reduce((total, file) => total + pick(file), 0);
const percent = 100 - (100 * sum((file) => file.missed.length)) / sum((file) => file.lines);
console.log(`Lines covered: ${percent.toFixed(2)} % of ${sum((file) => file.lines)} in ${files.length} files`);

const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, success } = read('coverage/tests.json');
const skipped = numPendingTests + numTodoTests;
console.log(`${numPassedTests} passed, ${numFailedTests} failed, ${skipped} skipped`);
if (!success || skipped > 0 || percent < THRESHOLD_PERCENT) process.exitCode = 1;
