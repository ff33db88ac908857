import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { once } from 'node:events';
import { Redis } from 'ioredis';
import { freePort } from '../../dist/embedded/free-port.js';

async function answering(url) {
  const client = new Redis(url, { maxRetriesPerRequest: null, retryStrategy: () => 50 });
  client.on('error', () => {});
  await client.ping();
  client.disconnect();
}

/** A Redis of our own where redis-server is on the PATH. With CI=true its absence is an error. */
export async function startRedis() {
  const folder = mkdtempSync(path.join(tmpdir(), 'ai-training-redis-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const port = await freePort();
  const flags = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''];
  const server = spawn('redis-server', flags, { stdio: 'ignore' });
  try {
    await once(server, 'spawn');
  } catch {
    remove();
    if (process.env.CI === 'true') throw new Error('redis-server is missing: install it, or set REDIS_URL');
    return undefined;
  }
  const url = `redis://127.0.0.1:${port}`;
  await answering(url);
  const stop = async () => {
    server.kill('SIGTERM');
    await once(server, 'exit');
    remove();
  };
  return { url, stop };
}
