import { createServer, type Server } from 'node:net';
import { MemoryCounter } from './memory-counter.js';
import { RedisCounter } from './redis-counter.js';
import { SharingCounter } from './sharing-counter.js';

const policy = { name: 'user', quota: 1, windowMs: 60_000 } as const;

/** A server that takes what it is sent and says nothing. */
async function silentServer(): Promise<[Server, string]> {
  const server = createServer((socket) => socket.on('error', () => {}));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return [server, `redis://127.0.0.1:${(server.address() as { port: number }).port}`];
}

describe('counting in Redis', () => {
  it('waits for none that is not there, nor for one that says nothing: the process counts alone', async () => {
    const [server, url] = await silentServer();
    for (const address of [url, 'redis://127.0.0.1:1']) {
      const counter = new RedisCounter(address, 'test');
      await expect(counter.count([{ policy, key: 'a' }])).rejects.toThrow(Error);
      const sharing = new SharingCounter(counter, new MemoryCounter());
      const first = await sharing.count([{ policy, key: 'a' }]);
      const second = await sharing.count([{ policy, key: 'a' }]);
      expect([first[0]!.isAllowed, second[0]!.isAllowed]).toEqual([true, false]);
      sharing.close();
    }
    server.close();
  });
});
