import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SigningKey } from './signing-key.js';

/** Serves the key set of an issuer, and counts how often it is asked for. */
export class KeyServer {
  keys: SigningKey[] = [];
  status = 200;
  asked = 0;

  private readonly server = createServer((_, response) => {
    this.asked += 1;
    response.writeHead(this.status).end(JSON.stringify({ keys: this.keys.map(({ jwk }) => jwk) }));
  });

  static async start(...keys: SigningKey[]): Promise<KeyServer> {
    const started = new KeyServer();
    started.keys = keys;
    await once(started.server.listen(0, '127.0.0.1'), 'listening');
    return started;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/keys`;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}
