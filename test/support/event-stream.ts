import http from 'node:http';
import { BASE_PATH, testToken } from './client.js';

export interface StreamEvent {
  name: string;
  id?: string;
  data: Record<string, unknown>;
}

export interface StreamOptions {
  token?: string | null;
  lastEventId?: string;
}

/** A connection to a stream, read as slowly as its test likes: nothing is taken from the socket but what is asked for. */
export class EventStream implements AsyncIterable<StreamEvent> {
  /** Comments so far: signs of life. */
  comments = 0;

  private constructor(
    readonly response: http.IncomingMessage,
    private readonly request: http.ClientRequest,
  ) {}

  static open(origin: string, path: string, options: StreamOptions = {}): Promise<EventStream> {
    const { token = testToken(), lastEventId } = options;
    const headers = {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
    };
    return new Promise((resolve, reject) => {
      const request = http.get(`${origin}${BASE_PATH}${path}`, { headers, agent: false });
      request.once('error', reject);
      request.once('response', (response) => {
        // Cut off on purpose, or by a server that is killed: the iteration ends, which is what tests look at.
        request.on('error', () => {});
        response.on('error', () => {});
        resolve(new EventStream(response, request));
      });
    });
  }

  get status(): number {
    return this.response.statusCode!;
  }

  /** As a network that fails: no goodbye. */
  cut(): void {
    this.request.destroy();
  }

  /** Ends with the stream, however it does. */
  async *[Symbol.asyncIterator](): AsyncGenerator<StreamEvent> {
    let text = '';
    try {
      for await (const chunk of this.response.setEncoding('utf8') as AsyncIterable<string>) {
        text += chunk;
        const blocks = text.split('\n\n');
        text = blocks.pop()!;
        for (const block of blocks) {
          if (block.startsWith(':')) this.comments += 1;
          const event = parsed(block);
          if (event) yield event;
        }
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ECONNRESET') throw error;
    }
  }

  /** Reads on to an event of this name. */
  async until(name: string): Promise<StreamEvent[]> {
    const events: StreamEvent[] = [];
    for await (const event of this) {
      events.push(event);
      if (event.name === name) break;
    }
    return events;
  }

  /** Everything to the end of the stream. */
  async all(): Promise<StreamEvent[]> {
    const events: StreamEvent[] = [];
    for await (const event of this) events.push(event);
    return events;
  }
}

/** Null for comments and `retry`. */
function parsed(block: string): StreamEvent | null {
  const fields = new Map(
    block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
  );
  const name = fields.get('event');
  if (name === undefined) return null;
  const id = fields.get('id');
  return { name, data: JSON.parse(fields.get('data')!) as Record<string, unknown>, ...(id !== undefined && { id }) };
}
