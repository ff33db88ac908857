import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

/**
 * `npm run bench` measures what docs/performance.md has targets for, `npm run bench -- <name>… [--full]` what is named
 * (bench/README.md), each in a process of its own. What follows the name of a single one is handed on to it.
 */
const SUITE = ['recorder', 'runs', 'dispatch', 'http', 'history', 'growth', 'streams', 'memory', 'startup'];

const fileOf = (name: string) => path.join(import.meta.dirname, `${name}.js`);
const isBenchmark = (name: string | undefined) => name !== undefined && name !== 'main' && existsSync(fileOf(name));

function run(name: string, values: readonly string[]): Promise<number> {
  console.log(`\n── ${name}`);
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [fileOf(name), ...values], { stdio: 'inherit' });
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

const given = process.argv.slice(2);
const isFull = given.includes('--full');
const named = given.filter((value) => value !== '--full');
const isList = named.every(isBenchmark);
if (named.length > 0 && !isBenchmark(named[0])) {
  console.error(`No benchmark is called ${named[0]}; bench/README.md lists them.`);
  process.exit(2);
}
const names = named.length === 0 ? SUITE : isList ? named : named.slice(0, 1);
const values = [...(isList ? [] : named.slice(1)), ...(isFull ? ['--full'] : [])];
if (isFull && !names.every((name) => SUITE.includes(name))) {
  console.error('--full is for the suite; the others take their sizes as arguments (bench/README.md).');
  process.exit(2);
}
const failed: string[] = [];
const begun = performance.now();
for (const name of names) if ((await run(name, values)) !== 0) failed.push(name);
console.log(`\n${names.length} measured in ${Math.round((performance.now() - begun) / 1_000)} s`);
if (failed.length > 0) {
  console.error(`Failed: ${failed.join(', ')}`);
  process.exitCode = 1;
}
