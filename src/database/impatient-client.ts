import type { Socket } from 'node:net';
import pg from 'pg';

/** Milliseconds between two looks at a quiet connection; a statement may be silent for one to two of them. */
const LOOK_MS = 6_000;

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
  }

  #watch(): void {
    const internals = this as unknown as Internals;
    const { stream } = internals.connection;
    let seen: object | null = null;
    let bytes = -1;
    // The socket's timer counts from the last packet, maybe long before this statement: one look proves nothing.
    stream.setTimeout(LOOK_MS, () => {
      const statement = internals._activeQuery;
      if (statement && statement === seen && stream.bytesRead === bytes) {
        stream.destroy(Object.assign(new Error('The database did not answer'), { code: 'ETIMEDOUT' }));
        return;
      }
      seen = statement;
      bytes = stream.bytesRead;
      if (statement) stream.setTimeout(LOOK_MS);
    });
  }
}
