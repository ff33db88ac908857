import { refuseInProduction } from '../cli/refuse-in-production.js';
import type { Environment } from '../config/environment.js';
import { DEFAULT_CLAIMS } from '../modules/auth/issue-token.js';
import { ownToken } from '../modules/auth/own-token.js';
import { addressOf } from '../standalone/address.js';
import { type WatchRequest, WrongUsageError } from './watch-arguments.js';

export interface Access {
  baseUrl: string;
  token: string;
}

const THIS_MACHINE = /^(localhost|127(\.\d+){3}|\[::1\])$/;
/** Longer than runs take: it lies nowhere but in the watching process. */
const TOKEN_TTL_S = 30 * 86_400;

/** Where the API is and how it lets us in, by the command line or else by the environment. */
export function accessFor(request: WatchRequest, environment: () => Environment): Access {
  if (request.baseUrl && request.token) return { baseUrl: request.baseUrl, token: request.token };
  const read = environment();
  const baseUrl = request.baseUrl ?? addressOf(read.HOST, read.PORT).baseUrl;
  return { baseUrl, token: request.token ?? tokenFor(baseUrl, read) };
}

function tokenFor(baseUrl: string, environment: Environment): string {
  const own = new URL(addressOf(environment.HOST, environment.PORT).baseUrl).hostname;
  const { hostname } = new URL(baseUrl);
  if (hostname !== own && !THIS_MACHINE.test(hostname)) {
    throw new WrongUsageError('--token-file: needed for an API on another machine');
  }
  if (environment.JWT_JWKS !== undefined) throw new WrongUsageError('--token-file: needed where JWT_JWKS is set');
  refuseInProduction('watch', environment);
  return ownToken(environment, { ...DEFAULT_CLAIMS, sub: 'watch', roles: ['viewer'] }, TOKEN_TTL_S);
}
