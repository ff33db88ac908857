const [TOO_MANY_REQUESTS, SERVER_ERROR] = [429, 500];
const MS_A_SECOND = 1_000;

/** A failed request, told with the problem details (RFC 9457) of the answer. */
export class RequestFailedError extends Error {
  constructor(
    request: string,
    readonly status: number,
    body: unknown,
    /** How long the server wants to be left alone, where it says so; a date in Retry-After is not looked at. */
    readonly retryAfterMs?: number,
  ) {
    const { title, detail, code } = (body ?? {}) as { title?: string; detail?: string; code?: string };
    const facts = [[title, detail].filter(Boolean).join(': '), code && `(${code})`].filter(Boolean).join(' ');
    super(`${request} was answered with ${status}${facts ? `: ${facts}` : ''}`);
    this.name = 'RequestFailedError';
  }

  static async of(request: string, response: Response): Promise<RequestFailedError> {
    const body: unknown = await response.json().catch(() => undefined);
    const seconds = /^\d{1,6}$/.exec(response.headers.get('retry-after') ?? '')?.[0];
    return new RequestFailedError(request, response.status, body, seconds ? Number(seconds) * MS_A_SECOND : undefined);
  }

  /** The same request may be answered otherwise a while later. */
  get mayPass(): boolean {
    return this.status === TOO_MANY_REQUESTS || this.status >= SERVER_ERROR;
  }
}
