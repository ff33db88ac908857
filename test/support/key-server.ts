import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Certificate } from './certificate.js';
import type { SigningKey } from './signing-key.js';

/** Serves the key set of an issuer, and counts how often it is asked for. */
export class KeyServer {
  keys: SigningKey[] = [];
  status = 200;
  asked = 0;

  private readonly answer: RequestListener = (_, response) => {
    this.asked += 1;
    response.writeHead(this.status).end(JSON.stringify({ keys: this.keys.map(({ jwk }) => jwk) }));
  };
  private readonly server;

  private constructor(private readonly certificate?: Certificate) {
    this.server = certificate ? createTlsServer(certificate, this.answer) : createServer(this.answer);
  }

  static start(...keys: SigningKey[]): Promise<KeyServer> {
    return KeyServer.listening(new KeyServer(), keys);
  }

  static startTls(certificate: Certificate, ...keys: SigningKey[]): Promise<KeyServer> {
    return KeyServer.listening(new KeyServer(certificate), keys);
  }

  private static async listening(started: KeyServer, keys: SigningKey[]): Promise<KeyServer> {
    started.keys = keys;
    await once(started.server.listen(0, '127.0.0.1'), 'listening');
    return started;
  }

  get url(): string {
    return this.urlFor('127.0.0.1');
  }

  /** By another name of this machine. */
  urlFor(host: string): string {
    const { port } = this.server.address() as AddressInfo;
    return `${this.certificate ? 'https' : 'http'}://${host}:${port}/keys`;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}
