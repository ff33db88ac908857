import { issueToken } from '../../src/modules/auth/issue-token.js';
import type { Role } from '../../src/http/role.js';

export const BASE_PATH = '/v1/ai-training';
export const TEST_SECRET = 'a-secret-for-tests-that-is-long-enough';

export interface Answer<T> {
  status: number;
  headers: Headers;
  body: T;
  text: string;
}

export function testToken(claims: { sub?: string; tenant?: string; roles?: Role[] } = {}, ttlSeconds = 3_600): string {
  const { sub = 'tester', tenant = 'default', roles = ['admin'] } = claims;
  return issueToken(TEST_SECRET, { sub, tenant, roles }, ttlSeconds);
}

type Body = Record<string, never>;

/** A REST client of one API process, as one user. Paths are relative to the base path unless they begin with `//`. */
export class Client {
  constructor(
    readonly origin: string,
    private readonly token: string | null = testToken(),
  ) {}

  as(token: string | null): Client {
    return new Client(this.origin, token);
  }

  get<T = Body>(path: string): Promise<Answer<T>> {
    return this.send<T>('GET', path);
  }

  post<T = Body>(path: string, body?: unknown): Promise<Answer<T>> {
    return this.send<T>('POST', path, body);
  }

  patch<T = Body>(path: string, body?: unknown): Promise<Answer<T>> {
    return this.send<T>('PATCH', path, body);
  }

  delete<T = Body>(path: string): Promise<Answer<T>> {
    return this.send<T>('DELETE', path);
  }

  send<T = Body>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
    return this.raw<T>(method, path, body === undefined ? undefined : JSON.stringify(body));
  }

  /** Sends the body as it stands. */
  async raw<T = Body>(
    method: string,
    path: string,
    body?: string | Uint8Array<ArrayBuffer>,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> {
    const url = path.startsWith('//') ? this.origin + path.slice(1) : this.origin + BASE_PATH + path;
    const response = await fetch(url, {
      method,
      ...(body === undefined ? {} : { body }),
      headers: {
        ...(this.token === null ? {} : { authorization: `Bearer ${this.token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
    });
    const text = await response.text();
    const json = response.headers.get('content-type')?.includes('json') ? (JSON.parse(text) as T) : (undefined as T);
    return { status: response.status, headers: response.headers, body: json, text };
  }
}
