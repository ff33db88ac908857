import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { eventually } from './support/eventually.js';

const GUARD = pathToFileURL(path.resolve('dist', 'modules', 'processing', 'inspection', 'guard.js')).href;

/** A process that guards itself and is busy for ever after. */
const busy = (limitMs: number) =>
  `import(${JSON.stringify(GUARD)}).then(({ guard }) => {
    guard(${limitMs});
    setTimeout(() => { console.log(process.pid); setImmediate(() => { for (;;); }); }, 500);
  });`;

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

async function printed(child: ChildProcess): Promise<string> {
  const [line] = (await once(child.stdout!, 'data')) as [Buffer];
  return line.toString();
}

describe('an inspection that keeps its process busy', () => {
  it('ends when its time is up', async () => {
    const child = spawn(process.execPath, ['-e', busy(1_000)]);
    expect((await once(child, 'exit'))[1]).toBe('SIGKILL');
  });

  it('ends with whoever started it', async () => {
    const script = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(busy(600_000))}], { stdio: 'inherit' });`;
    const parent = spawn(process.execPath, ['-e', script]);
    const pid = Number(await printed(parent));
    expect(isAlive(pid)).toBe(true);
    parent.kill('SIGKILL');
    await eventually(() => !isAlive(pid), 'the inspection ends');
  });
});
