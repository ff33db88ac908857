import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readPostmaster } from '../src/embedded/postmaster.js';
import { commandOf } from '../src/embedded/process-liveness.js';
import { removeEmbeddedPostgres } from '../src/embedded/server-home.js';
import { Client } from './support/client.js';
import { Command } from './support/command.js';
import { eventually } from './support/eventually.js';

const DATASET = {
  name: 'Kept',
  type: 'classification',
  size: 5000,
  features: ['age'],
  targetColumn: 'segment',
  metadata: { source: 'CRM', format: 'csv' },
};
const SECRET = 'a-secret-that-is-long-enough-for-hs256';

/** `npm start`, ready to be used. */
interface Running {
  command: Command;
  client: Client;
  /** Of all its processes, its own first and the database server last. */
  pids: number[];
}

describe('npm start', () => {
  let base: string;
  const commands: Command[] = [];
  const dataDir = (name = 'data') => path.join(base, name);

  const run = (entry: string, variables: Record<string, string> = {}, parameters: string[] = []) => {
    const command = new Command(entry, { DATA_DIR: dataDir(), PORT: '0', TMPDIR: base, ...variables }, parameters);
    commands.push(command);
    return command;
  };
  const start = async (variables: Record<string, string> = {}): Promise<Running> => {
    const command = run('standalone.js', variables);
    const token = await command.prints(/^export TOKEN=(\S+)$/);
    const origin = await command.prints(/^API +(http:\S+)\/v1\/ai-training$/);
    const server = await readPostmaster(path.join(variables.DATA_DIR ?? dataDir(), 'postgres', 'data'));
    return { command, client: new Client(origin, token), pids: [command.pid, ...childrenOf(command), server!.pid] };
  };
  const expectGone = (pids: number[]) =>
    eventually(
      async () => (await Promise.all(pids.map(commandOf))).every((command) => command === ''),
      'all have ended',
    );
  const names = async (client: Client) =>
    (await client.get<{ data: { name: string }[] }>('/datasets')).body.data.map(({ name }) => name);

  beforeEach(() => {
    base = mkdtempSync(path.join(tmpdir(), 'platform-'));
    chmodSync(base, 0o711);
  });

  afterEach(async () => {
    for (const command of commands) command.kill('SIGTERM');
    await Promise.all(commands.splice(0).map(({ ended }) => ended));
    for (const name of readdirSync(base)) await removeEmbeddedPostgres(path.join(base, name, 'postgres'));
    rmSync(base, { recursive: true, force: true });
  });

  it('runs the API and the workers, ends with all of them on Ctrl-C, and has kept everything when it starts again', async () => {
    const { command, client, pids } = await start({ WORKERS: '2' });
    expect(pids).toHaveLength(5);
    expect((await client.post('/datasets', DATASET)).status).toBe(201);
    expect((await client.get('//docs')).status).toBe(200);
    expect((await client.as(null).get('/datasets')).status).toBe(401);
    command.kill('SIGINT');
    // npm passes the terminal's interrupt on: the same keystroke a second time.
    command.kill('SIGINT');
    expect(await command.ended).toBe(0);
    expect(command.errors).toEqual([]);
    await expectGone(pids);
    expect(await names((await start()).client)).toEqual(['Kept']);
  });

  it('writes to standard output, and no log into a file but that of its database server', async () => {
    const { command, client, pids } = await start();
    await client.as(null).get('/datasets');
    await command.prints(/("msg":"request".*"status":401)/);
    await eventually(() => childrenOf(command).length === 2, 'API and worker to log');
    const log = path.join(base, 'data', 'postgres', 'server.log');
    expect([...new Set(filesWrittenBy(pids.at(-1)!))]).toEqual(existsSync('/proc/self/fd') ? [log] : []);
    expect([command.pid, ...childrenOf(command)].flatMap(filesWrittenBy)).toEqual([]);
    const files = readdirSync(base, { recursive: true, encoding: 'utf8' })
      .filter((name) => !name.startsWith('data/postgres/data'))
      .map((name) => path.join(base, name))
      .filter((file) => statSync(file).isFile());
    expect(files.filter((file) => file.includes('.log'))).toEqual([log]);
    expect(files.filter((file) => readFileSync(file, 'utf8').includes('"msg":"'))).toEqual([]);
  });

  it('has kept everything after a kill -9 of all its processes', async () => {
    const first = await start();
    await first.client.post('/datasets', DATASET);
    for (const pid of first.pids) process.kill(pid, 'SIGKILL');
    expect(await names((await start()).client)).toEqual(['Kept']);
    await expectGone(first.pids);
  });

  it('leaves nobody behind but the server when it alone is killed, and starts again at once', async () => {
    const first = await start();
    await first.client.post('/datasets', DATASET);
    first.command.kill('SIGKILL');
    expect(await names((await start()).client)).toEqual(['Kept']);
    await expectGone(first.pids);
  });

  it('starts a killed worker and a killed API again', async () => {
    const { command, client, pids } = await start();
    const [, api, worker] = pids;
    process.kill(worker!, 'SIGKILL');
    await eventually(() => childrenOf(command).length === 3, 'a third process to log');
    process.kill(api!, 'SIGKILL');
    await eventually(
      () =>
        names(client).then(
          () => true,
          () => false,
        ),
      'the API to answer on its port again',
    );
  });

  it('shares its folder with the token command, which prints a token and nothing else, but not with another', async () => {
    const first = await start();
    const token = run('cli/token.js', {}, ['--sub', 'alice', '--tenant', 'acme', '--roles', 'viewer', '--ttl', '1h']);
    expect(await token.ended).toBe(0);
    expect(token.lines).toEqual([expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/)]);
    expect(token.errors).toEqual([]);
    expect((await first.client.as(token.lines[0]!).get('/datasets')).status).toBe(200);
    const wrong = run('cli/token.js', {}, ['--roles', 'root']);
    expect(await wrong.ended).toBe(1);
    expect(wrong.lines).toEqual([]);

    const second = run('standalone.js');
    expect(await second.ended).toBe(1);
    expect(second.errors).toEqual([
      expect.stringContaining(`in use by a platform that is running already (process ${first.command.pid})`),
    ]);
    const beside = await start({ DATA_DIR: dataDir('other') });
    expect(await names(beside.client)).toEqual([]);
    expect(await names(first.client)).toEqual([]);
  });

  it('names a port that is taken in one line, and leaves nothing running', async () => {
    const holder = net.createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address() as AddressInfo;
    const command = run('standalone.js', { PORT: String(port) });
    expect(await command.ended).toBe(1);
    expect(command.errors.at(-1)).toBe(
      `Port ${port} of 127.0.0.1 is in use by another program: end it, or set another PORT`,
    );
    expect(await readPostmaster(path.join(dataDir(), 'postgres', 'data'))).toBeUndefined();
    holder.close();
  });

  it('stops everything and says so when the database server is gone', async () => {
    const { command, pids } = await start({ SHUTDOWN_TIMEOUT_MS: '500' });
    process.kill(pids.at(-1)!, 'SIGKILL');
    expect(await command.ended).toBe(1);
    expect(command.errors.join('\n')).toContain('The PostgreSQL server ended (SIGKILL)');
    await expectGone(pids);
  });

  it('can be given up while it starts', async () => {
    const command = run('standalone.js');
    const server = await eventually(
      () => readPostmaster(path.join(dataDir(), 'postgres', 'data')),
      'the server to start',
    );
    command.kill('SIGINT');
    expect(await command.ended).toBe(0);
    await expectGone([command.pid, server.pid]);
  });

  it.each<[Record<string, string>, string]>([
    [{ NODE_ENV: 'production', JWT_SECRET: SECRET }, 'DATABASE_URL: must be set in production'],
    [
      { NODE_ENV: 'production', DATABASE_URL: 'postgresql://127.0.0.1:1/none' },
      'JWT_SECRET: must be set in production',
    ],
    [{ PORT: 'high', WORKERS: '0' }, 'PORT: expected'],
  ])('refuses %j', async (variables, message) => {
    const command = run('standalone.js', variables);
    expect(await command.ended).toBe(1);
    expect(command.errors.join('\n')).toContain(message);
    expect(existsSync(dataDir())).toBe(false);
  });
});

describe('npm run demo', () => {
  let base: string;
  beforeEach(() => {
    base = mkdtempSync(path.join(tmpdir(), 'demo-'));
    chmodSync(base, 0o711);
  });
  afterEach(() => rmSync(base, { recursive: true, force: true }));

  it('takes the original example to its model version, and tidies up', async () => {
    const demo = new Command('demo.js', { TMPDIR: base, SIMULATOR_EPOCH_MS: '10' });
    expect([await demo.ended, demo.errors]).toEqual([0, []]);
    const text = demo.lines.join('\n');
    expect(text).toMatch(/100 % {2}epoch 100\/100 {2}loss 0\.\d{4}/);
    expect(text).toContain('Model customer_segmentation_model 1.0.0 (ready)');
    expect(text).toContain('Confusion matrix');
    expect(readdirSync(base)).toEqual([]);
  });

  it('tidies up when it is interrupted', async () => {
    const demo = new Command('demo.js', { TMPDIR: base, SHUTDOWN_TIMEOUT_MS: '500' });
    await demo.prints(/^(POST \/jobs\/:id\/start)/);
    demo.kill('SIGINT');
    expect(await demo.ended).toBe(1);
    expect(readdirSync(base)).toEqual([]);
  });
});

/** The processes of a platform tell their number with each line they log. */
function childrenOf({ lines }: Command): number[] {
  return [...new Set(lines.map((line) => Number(/^\{.*"pid":(\d+)/.exec(line)?.[1])).filter(Boolean))];
}

/** Files that a process has open for writing; none where the system has no /proc to tell. */
function filesWrittenBy(pid: number): string[] {
  const folder = `/proc/${pid}`;
  if (!existsSync(`${folder}/fd`)) return [];
  const isWritten = (fd: string) => /^flags:\t\d*[1-3]$/m.test(readFileSync(`${folder}/fdinfo/${fd}`, 'utf8'));
  return readdirSync(`${folder}/fd`).flatMap((fd) => {
    try {
      const file = readlinkSync(`${folder}/fd/${fd}`);
      return isWritten(fd) && file.startsWith('/') && !file.startsWith('/dev/') ? [file] : [];
    } catch {
      return []; // Closed meanwhile.
    }
  });
}
