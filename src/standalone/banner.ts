import type { Environment } from '../config/environment.js';
import { type Platform, TOKEN_TTL_S } from './platform.js';

const SECONDS_AN_HOUR = 3_600;

/** What somebody needs who has just started the platform. */
export function banner(environment: Environment, platform: Pick<Platform, 'origin' | 'baseUrl' | 'token'>): string {
  const lines = [`API         ${platform.baseUrl}`];
  if (environment.SWAGGER_ENABLED) lines.unshift(`Swagger UI  ${platform.origin}/docs`);
  if (environment.JWT_JWKS !== undefined) {
    lines.push('Tokens come from the issuer of the keys in JWT_JWKS.');
  } else if (environment.NODE_ENV !== 'production' || environment.ALLOW_TOKEN_CLI) {
    lines.push('', `export TOKEN=${platform.token()}`, '');
    lines.push(
      `The token is an admin's, for ${TOKEN_TTL_S / SECONDS_AN_HOUR} hours. Others: npm run -s token -- --help`,
    );
  }
  lines.push('Ctrl-C stops everything.');
  return `\n${lines.join('\n')}\n`;
}
