import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { commandOf, until } from '../embedded/process-liveness.js';
import { type ReadyMessage, SupervisedProcess } from './supervised-process.js';

const LIMIT_MS = 10_000;
const SERVE = `
process.on('disconnect', () => process.exit());
console.log('port ' + process.env.PORT);
process.send({ type: 'starting' });
process.send({ type: 'ready', port: Number(process.env.PORT) || 4711 });
`;

describe('SupervisedProcess', () => {
  let folder: string;
  let child: SupervisedProcess;
  let lines: string[];
  let givenUp: Promise<Error>;

  const supervise = (source: string, env: NodeJS.ProcessEnv = {}): Promise<ReadyMessage> => {
    const script = path.join(folder, 'child.cjs');
    writeFileSync(script, source);
    lines = [];
    givenUp = new Promise((resolve) => {
      const onLine = (line: string, name: string) => lines.push(`${name}: ${line}`);
      child = new SupervisedProcess({ name: 'child', script, env: { PATH: '', ...env }, onLine }, resolve);
    });
    return child.start();
  };
  const successorOf = async (before: number | undefined) => {
    expect(await until(() => child.pid !== undefined && child.pid !== before, LIMIT_MS)).toBe(true);
    return child.pid!;
  };

  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'supervised-'))));
  afterEach(async () => {
    await child.stop(0);
    rmSync(folder, { recursive: true, force: true });
  });

  it('waits until the process says that it is ready', async () => {
    expect(await supervise(SERVE)).toEqual({ type: 'ready', port: 4711 });
    expect(child.pid).toBeGreaterThan(0);
  });

  it('tells why a process never became ready, with its last lines', async () => {
    await expect(supervise(`console.error('no luck'); process.exit(7)`)).rejects.toThrow(
      'The child ended before it was ready (exit code 7)\n  no luck',
    );
    expect(child.pid).toBeUndefined();
  });

  it('tells of a script that is not there', async () => {
    const missing = new SupervisedProcess(
      { name: 'child', script: path.join(folder, 'none.cjs'), env: {}, onLine: () => undefined },
      () => undefined,
    );
    child = missing;
    await expect(missing.start()).rejects.toThrow(/Cannot find module/);
  });

  it('starts a process that died again, on the port that it had', async () => {
    await supervise(SERVE);
    const first = child.pid!;
    process.kill(first, 'SIGKILL');
    await successorOf(first);
    expect(await until(() => lines.includes('child: port 4711'), LIMIT_MS)).toBe(true);
  });

  it('gives up a process that dies again and again', async () => {
    await supervise(
      `if (process.env.PORT) throw new Error('port gone'); ${SERVE} setTimeout(() => process.exit(3), 50)`,
    );
    const { message } = await givenUp;
    expect(message).toContain('The child ended before it was ready (exit code 1)');
    expect(message).toContain('port gone');
  });

  it('gives up a process that gets ready each time and dies at once', async () => {
    await supervise(`${SERVE} setTimeout(() => process.exit(3), 50)`);
    expect((await givenUp).message).toBe('The child ended 5 times in a row');
  });

  it('ends a process politely, and does not start it again', async () => {
    await supervise(`process.on('SIGTERM', () => { console.log('bye'); process.exit(); }); ${SERVE}`);
    await child.stop(LIMIT_MS);
    await child.stop(LIMIT_MS);
    expect(lines.at(-1)).toBe('child: bye');
    expect(child.pid).toBeUndefined();
  });

  it('ends a process that does not listen by force', async () => {
    await supervise(`process.on('SIGTERM', () => undefined); setInterval(() => undefined, 1000); ${SERVE}`);
    const pid = child.pid!;
    await child.stop(50);
    expect(await commandOf(pid)).toBe('');
  });

  it('ends a process while it is between a death and the next start', async () => {
    await supervise(SERVE);
    process.kill(child.pid!, 'SIGKILL');
    expect(await until(() => child.pid === undefined, LIMIT_MS)).toBe(true);
    await child.stop(LIMIT_MS);
    expect(child.pid).toBeUndefined();
  });

  it('kills at once when there is no time left', async () => {
    await supervise(SERVE);
    const pid = child.pid!;
    child.kill();
    expect(await until(async () => (await commandOf(pid)) === '', LIMIT_MS)).toBe(true);
  });
});
