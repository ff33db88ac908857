import type { Environment } from '../config/environment.js';
import { BASE_PATH } from '../http/base-path.js';

const EVERY_INTERFACE = new Map([
  ['0.0.0.0', '127.0.0.1'],
  ['::', '::1'],
]);

export interface Address {
  /** Of the server: outside the base path lie Swagger UI and the probes. */
  origin: string;
  baseUrl: string;
}

/** Where this machine reaches an API that listens on `host`. */
export function addressOf(host: Environment['HOST'], port: number): Address {
  const reachable = EVERY_INTERFACE.get(host) ?? host;
  const origin = `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
  return { origin, baseUrl: `${origin}/${BASE_PATH}` };
}
