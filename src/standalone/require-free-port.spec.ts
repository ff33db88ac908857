import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import { requireFreePort } from './require-free-port.js';

const LOOPBACK = '127.0.0.1';

describe('requireFreePort', () => {
  let holder: net.Server;
  let port: number;
  beforeEach(async () => {
    holder = net.createServer().listen(0, LOOPBACK);
    await once(holder, 'listening');
    port = (holder.address() as AddressInfo).port;
  });
  afterEach(() => holder.close());

  it('names a port that is taken, in one line', async () => {
    const message = `Port ${port} of ${LOOPBACK} is in use by another program: end it, or set another PORT`;
    await expect(requireFreePort(LOOPBACK, port, 0)).rejects.toThrow(message);
  });

  it('waits for one that is about to be let go', async () => {
    const free = requireFreePort(LOOPBACK, port);
    holder.close();
    await expect(free).resolves.toBeUndefined();
  });

  it('has no objection to any free port', () => expect(requireFreePort(LOOPBACK, 0)).resolves.toBeUndefined());

  it('names an address that is not this machine’s', () =>
    expect(requireFreePort('192.0.2.1', port)).rejects.toThrow('192.0.2.1 is not an address of this machine'));
});
