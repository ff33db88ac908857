import { type Environment, readEnvironment } from '../config/environment.js';
import { ownToken } from '../modules/auth/own-token.js';
import { refuseInProduction } from './refuse-in-production.js';
import { parseTokenArguments, TOKEN_USAGE } from './token-arguments.js';

/** The text that `npm run token` prints. Throws an Error with a message for people. */
export function tokenCommand(parameters: string[], environment: () => Environment = readEnvironment): string {
  const request = parseTokenArguments(parameters);
  if (!request) return TOKEN_USAGE;
  const read = environment();
  refuseInProduction('token', read);
  return ownToken(read, request.claims, request.ttlSeconds);
}
