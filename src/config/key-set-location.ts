import path from 'node:path';
import { type Environment, InvalidEnvironmentError } from './environment.js';
import { isLoopback } from './loopback.js';

/**
 * Where JWT_JWKS says the keys are: a URL, or the absolute path of a file; undefined where tokens are signed with
 * JWT_SECRET. Throws InvalidEnvironmentError in production for keys that anybody on the way could replace.
 */
export function keySetLocation({ JWT_JWKS, NODE_ENV }: Environment): URL | string | undefined {
  if (JWT_JWKS === undefined) return undefined;
  if (!URL.canParse(JWT_JWKS)) return path.resolve(JWT_JWKS);
  const url = new URL(JWT_JWKS);
  if (NODE_ENV === 'production' && url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new InvalidEnvironmentError(['JWT_JWKS: must be an https:// URL in production']);
  }
  return url;
}
