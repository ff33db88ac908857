import { reasonOf } from './reason-of.js';
import { RequestFailedError } from './request-failed.error.js';

const REQUEST_LIMIT_MS = 10_000;

/** As much of an HTTP client as the commands need; it knows the API by its contract alone. */
export class RestClient {
  constructor(
    private readonly baseUrl: string,
    private readonly token: string,
    /** Gives up whatever is under way. */
    readonly signal: AbortSignal,
  ) {}

  get<T>(path: string): Promise<T> {
    return this.#request('GET', path);
  }

  post<T>(path: string, body?: unknown): Promise<T> {
    return this.#request('POST', path, body);
  }

  /** An answer that may go on for as long as it likes, until `signal` gives it up. Its status is for the caller to judge. */
  open(path: string, headers: Record<string, string>, signal: AbortSignal): Promise<Response> {
    return this.#send(path, { headers, signal });
  }

  async #request<T>(method: string, path: string, body?: unknown): Promise<T> {
    const content = body === undefined ? undefined : JSON.stringify(body);
    const headers: Record<string, string> = content === undefined ? {} : { 'content-type': 'application/json' };
    const signal = AbortSignal.timeout(REQUEST_LIMIT_MS);
    const response = await this.#send(path, { method, headers, body: content ?? null, signal });
    if (!response.ok) throw await RequestFailedError.of(`${method} ${path}`, response);
    return (await response.json().catch(() => undefined)) as T;
  }

  async #send(path: string, request: RequestInit & { signal: AbortSignal }): Promise<Response> {
    const headers = new Headers(request.headers);
    headers.set('authorization', `Bearer ${this.token}`);
    const signal = AbortSignal.any([this.signal, request.signal]);
    try {
      return await fetch(`${this.baseUrl}${path}`, { ...request, headers, signal });
    } catch (error) {
      if (this.signal.aborted) throw this.signal.reason;
      throw new Error(`${request.method ?? 'GET'} ${path} got no answer (${reasonOf(error as Error)})`, {
        cause: error,
      });
    }
  }
}
