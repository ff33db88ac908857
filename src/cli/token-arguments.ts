import { parseArgs } from 'node:util';
import { DEFAULT_CLAIMS, type TokenClaims } from '../modules/auth/issue-token.js';
import { isRole, type Role, ROLES } from '../http/role.js';
import { parseDuration } from './duration.js';

const LONGEST_TTL = '365d';
const NAME = /^[\p{L}\p{N}][\p{L}\p{N}._@+-]{0,99}$/u;

export const TOKEN_USAGE = `Usage: npm run -s token -- [options]

Prints a JSON Web Token for the platform's API, and nothing else.

  --sub <name>      who the bearer is (default ${DEFAULT_CLAIMS.sub})
  --tenant <name>   whose data the bearer sees (default ${DEFAULT_CLAIMS.tenant})
  --roles <list>    ${ROLES.join(', ')}; several with commas between them (default ${DEFAULT_CLAIMS.roles.join()})
  --ttl <duration>  how long it is valid: 30s, 15m, 8h, 7d; at most ${LONGEST_TTL} (default 8h)
  --help            this text`;

export interface TokenRequest {
  claims: TokenClaims;
  ttlSeconds: number;
}

/** Reads the command line; undefined when it asks for help. Throws an Error that says what is wrong with it. */
export function parseTokenArguments(parameters: string[]): TokenRequest | undefined {
  const { values } = parseArgs({
    args: parameters,
    options: {
      sub: { type: 'string', default: DEFAULT_CLAIMS.sub },
      tenant: { type: 'string', default: DEFAULT_CLAIMS.tenant },
      roles: { type: 'string', default: DEFAULT_CLAIMS.roles.join() },
      ttl: { type: 'string', default: '8h' },
      help: { type: 'boolean', default: false, short: 'h' },
    },
  });
  if (values.help) return undefined;
  return {
    claims: { sub: name('--sub', values.sub), tenant: name('--tenant', values.tenant), roles: roles(values.roles) },
    ttlSeconds: ttl(values.ttl),
  };
}

function name(option: string, value: string): string {
  if (!NAME.test(value)) throw new Error(`${option}: expected 1 to 100 letters, digits and . _ @ + -, got "${value}"`);
  return value;
}

function roles(list: string): Role[] {
  const names = [...new Set(list.split(',').map((role) => role.trim()))];
  const unknown = names.filter((role) => !isRole(role));
  if (unknown.length > 0)
    throw new Error(`--roles: unknown role "${unknown.join('", "')}"; there are ${ROLES.join(', ')}`);
  return names.filter(isRole);
}

function ttl(text: string): number {
  const seconds = parseDuration(text);
  if (!seconds || seconds > parseDuration(LONGEST_TTL)!) {
    throw new Error(`--ttl: expected a duration such as 30s, 15m, 8h or 7d, at most ${LONGEST_TTL}, got "${text}"`);
  }
  return seconds;
}
