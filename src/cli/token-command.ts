import { type Environment, readEnvironment } from '../config/environment.js';
import { jwtSecret } from '../config/jwt-secret.js';
import { issueToken } from '../modules/auth/issue-token.js';
import { parseTokenArguments, TOKEN_USAGE } from './token-arguments.js';

/** The text that `npm run token` prints. Throws an Error with a message for people. */
export function tokenCommand(parameters: string[], environment: () => Environment = readEnvironment): string {
  const request = parseTokenArguments(parameters);
  if (!request) return TOKEN_USAGE;
  const read = environment();
  refuseInProduction(read);
  return issueToken(jwtSecret(read), request.claims, request.ttlSeconds);
}

/** Whoever can run the command there is nobody yet: in production an operator has to have allowed it. */
function refuseInProduction({ NODE_ENV, ALLOW_TOKEN_CLI }: Environment): void {
  if (NODE_ENV !== 'production' || ALLOW_TOKEN_CLI) return;
  throw new Error('The token command is refused in production unless ALLOW_TOKEN_CLI=true and JWT_SECRET is set');
}
