import type { Environment } from '../config/environment.js';

/**
 * For commands that make a token of their own. Whoever can run them there is nobody yet: in production an operator has to
 * have allowed it.
 */
export function refuseInProduction(command: string, { NODE_ENV, ALLOW_TOKEN_CLI }: Environment): void {
  if (NODE_ENV !== 'production' || ALLOW_TOKEN_CLI) return;
  throw new Error(`The ${command} command is refused in production unless ALLOW_TOKEN_CLI=true and JWT_SECRET is set`);
}
