import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  line: string;
  headers: http.IncomingHttpHeaders;
  body: string;
}

/** A status with its body and headers, something that writes an answer by itself, or undefined: the connection breaks. */
export type Answer =
  | [status: number, body: unknown, headers?: http.OutgoingHttpHeaders]
  | ((request: http.IncomingMessage, response: http.ServerResponse) => void)
  | undefined;

/** Answers by method and path, as far as clients of the API can see it. */
export class FakeApi {
  readonly asked: Asked[] = [];
  readonly #server = http.createServer((request, response) => void this.#respond(request, response));

  constructor(private readonly answers: Record<string, Answer>) {}

  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #respond(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const chunks = (await request.toArray()) as Buffer[];
    const line = `${request.method} ${request.url}`;
    this.asked.push({ line, headers: request.headers, body: Buffer.concat(chunks).toString() });
    const answer = this.answers[line.replace(/\?.*/, '')];
    if (!answer) response.destroy();
    else if (typeof answer === 'function') answer(request, response);
    else response.writeHead(answer[0], answer[2]).end(JSON.stringify(answer[1]));
  }
}

export interface StreamPlan {
  /** Names and data; those named `batch` get no id. */
  events: [name: string, data: unknown][];
  /** How many bytes each connection carries until it breaks; the rest of them carry all. */
  cuts?: number[];
  retryMs?: number;
}

/** The stream as the API promises it: ids that count up, resumed after Last-Event-ID or ?after=, 204 once it was read. */
export function streamOf({ events, cuts = [], retryMs = 0 }: StreamPlan): Answer {
  let connections = 0;
  let number = 0;
  const numbered = events.map(([name, data]) => ({ name, data, id: name === 'batch' ? undefined : (number += 1) }));
  return (request, response) => {
    const { searchParams } = new URL(request.url!, 'http://fake');
    const after = Number(request.headers['last-event-id'] ?? searchParams.get('after') ?? 0);
    if (after >= number) return void response.writeHead(204).end();
    const start = numbered.findIndex(({ id }) => id === after) + 1;
    const text = numbered.slice(start).map(({ name, data, id }) => {
      const fields = [`event: ${name}`, ...(id ? [`id: ${id}`] : []), `data: ${JSON.stringify(data)}`];
      return `${fields.join('\n')}\n\n`;
    });
    const bytes = Buffer.from(`retry: ${retryMs}\n\n: hello\n\n${text.join('')}`);
    const cut = cuts[connections++];
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    if (cut === undefined) response.end(bytes);
    else response.write(bytes.subarray(0, cut), () => response.destroy());
  };
}
