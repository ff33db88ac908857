import type { Socket } from 'node:net';
import pg from 'pg';

/** Milliseconds in which the server has to give some sign while a statement runs; ours take milliseconds. */
const SILENCE_MS = 10_000;

/** Parts of a client that its types leave out. */
interface Internals {
  connection: { stream: Socket };
  _activeQuery: unknown;
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
    stream.setTimeout(SILENCE_MS, () => {
      const error = Object.assign(new Error('The database did not answer'), { code: 'ETIMEDOUT' });
      if (internals._activeQuery) stream.destroy(error);
    });
  }
}
