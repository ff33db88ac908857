import type { Socket } from 'node:net';
import pg from 'pg';

/** Milliseconds between two looks at a connection; a statement that both find without an answer is given up. */
const LOOK_MS = 4_000;

/** Parts of a client that its types leave out. */
interface Internals {
  connection: { stream: Socket };
  _activeQuery: object | null;
}

/**
 * A connection that does not wait for ever. When packets are dropped on the way nothing tells the client so, and a
 * statement would hang until TCP gives up, a quarter of an hour later. The connection is closed instead: its statement
 * fails as one whose server is away, and the pool makes a new one.
 */
export class ImpatientClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    this.once('connect', () => this.#watch());
    // Its statements fail by themselves; an event that nobody listens to would end the process.
    this.on('error', () => {});
  }

  #watch(): void {
    const internals = this as unknown as Internals;
    const { stream } = internals.connection;
    let seen: object | null = null;
    let bytes = 0;
    const look = setInterval(() => {
      const statement = internals._activeQuery;
      if (statement && statement === seen && stream.bytesRead === bytes) {
        stream.destroy(Object.assign(new Error('The database did not answer'), { code: 'ETIMEDOUT' }));
      }
      seen = statement;
      bytes = stream.bytesRead;
    }, LOOK_MS);
    look.unref();
    stream.once('close', () => clearInterval(look));
  }
}
