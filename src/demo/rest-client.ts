/** A failed request, told with the problem details (RFC 9457) of the answer. */
export class RequestFailedError extends Error {
  constructor(request: string, status: number, body: unknown) {
    const { title, detail, code } = (body ?? {}) as { title?: string; detail?: string; code?: string };
    const facts = [[title, detail].filter(Boolean).join(': '), code && `(${code})`].filter(Boolean).join(' ');
    super(`${request} was answered with ${status}${facts ? `: ${facts}` : ''}`);
    this.name = 'RequestFailedError';
  }
}

const REQUEST_LIMIT_MS = 10_000;

/** As much of an HTTP client as the demo needs; it knows the API by its contract alone. */
export class RestClient {
  constructor(
    private readonly baseUrl: string,
    private readonly token: string,
    private readonly signal: AbortSignal,
  ) {}

  get<T>(path: string): Promise<T> {
    return this.#request('GET', path);
  }

  post<T>(path: string, body?: unknown): Promise<T> {
    return this.#request('POST', path, body);
  }

  async #request<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await this.#send(method, path, body);
    const answer: unknown = await response.json().catch(() => undefined);
    if (!response.ok) throw new RequestFailedError(`${method} ${path}`, response.status, answer);
    return answer as T;
  }

  async #send(method: string, path: string, body: unknown): Promise<Response> {
    const authorization = `Bearer ${this.token}`;
    const signal = AbortSignal.any([this.signal, AbortSignal.timeout(REQUEST_LIMIT_MS)]);
    const content = body === undefined ? undefined : JSON.stringify(body);
    const headers = new Headers({ authorization });
    if (content !== undefined) headers.set('content-type', 'application/json');
    try {
      return await fetch(`${this.baseUrl}${path}`, { method, headers, body: content ?? null, signal });
    } catch (error) {
      if (this.signal.aborted) throw this.signal.reason;
      throw new Error(`${method} ${path} got no answer (${reasonOf(error as Error)})`, { cause: error });
    }
  }
}

/** fetch itself only says that it failed. */
const reasonOf = ({ cause, message }: Error) => (cause instanceof Error && cause.message) || message;
