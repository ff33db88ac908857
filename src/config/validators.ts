import { isIP } from 'node:net';
import { makeValidator } from 'envalid';
import { tenantQuotas } from './quotas.js';

/** A whole number in plain decimal digits within [min, max]; `0x10`, `1e3` and blanks are refused. */
export const integer = (min: number, max: number) =>
  makeValidator<number>((input) => {
    const value = Number(input);
    if (!/^\d+$/.test(input) || value < min || value > max) {
      throw new Error(`expected a whole number from ${min} to ${max}, got "${input}"`);
    }
    return value;
  });

/** A connection URL with one of the given protocols. The value is not repeated in the message: it may hold a password. */
export const connectionUrl = (...protocols: string[]) =>
  makeValidator<string>((input) => {
    if (!URL.canParse(input) || !protocols.includes(new URL(input).protocol)) {
      throw new Error(`expected a URL that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`);
    }
    return input;
  });

/**
 * The proxies whose word about a client's address is taken: how many there are, or their addresses and networks. Never
 * all of them: anybody could say then who they are.
 */
export const trustedProxies = makeValidator<string>((input) => {
  const networks = input.split(',');
  const isNetwork = (network: string) => {
    const [address = '', bits = '0', ...rest] = network.split('/');
    const most = { 4: 32, 6: 128 }[isIP(address)];
    return most !== undefined && rest.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= most;
  };
  if (/^\d{1,2}$/.test(input) || networks.every(isNetwork)) return input;
  throw new Error(`expected a number of proxies, or addresses and networks like 10.0.0.0/8,::1, got "${input}"`);
});

/** A signing secret of at least 32 bytes, the size of an HS256 key. */
export const secret = makeValidator<string>((input) => {
  if (Buffer.byteLength(input) < 32) throw new Error('expected at least 32 bytes');
  return input;
});

/** Folders as object keys have them, `a/b`: no slash at the ends, no part that begins with a dot. Or nothing. */
export const keyPrefix = makeValidator<string>((input) => {
  if (input.length <= 200 && /^([A-Za-z0-9_-][A-Za-z0-9._-]*(\/(?!$)|$))*$/.test(input)) return input;
  throw new Error(`expected at most 200 letters, digits, ".", "_" and "-" in parts like team/platform, got "${input}"`);
});

/** An http or https URL without credentials, or the path of a file. The value is not repeated in the message. */
export const keySetLocation = makeValidator<string>((input) => {
  if (!/^[a-z][a-z0-9+.-]*:/i.test(input)) return input;
  const url = URL.canParse(input) ? new URL(input) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new Error('expected a URL that begins with https:// or http://, or the path of a file');
  }
  if (url.username || url.password) throw new Error('expected a URL without credentials');
  return input;
});

const REGISTERED_CLAIMS = ['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti'];

/** The name of a claim of the platform's own, such as `tenant` or `https://example.com/roles`. */
export const claimName = makeValidator<string>((input) => {
  if (input.length <= 200 && !REGISTERED_CLAIMS.includes(input) && input !== '__proto__') return input;
  throw new Error(`expected at most 200 characters, and none of ${REGISTERED_CLAIMS.join(', ')}, got "${input}"`);
});

/** Quotas by tenant in JSON, `{"acme":{"runningJobs":5}}`: names as the API has them, whole numbers, 0 for any number. */
export const quotasInJson = makeValidator<string>((input) => {
  tenantQuotas(input);
  return input;
});

/** True where it says so, in whatever case, and false for anything else: as OpenTelemetry reads its variables. */
export const spelledTrue = makeValidator<boolean>((input) => input.trim().toLowerCase() === 'true');

const SPAN_EXPORTERS = ['otlp', 'console', 'none'];

/** Names by commas. Zipkin's is none of them: it would connect to an address that nothing here checks. */
export const spanExporters = makeValidator<string>((input) => {
  if (input.split(',').every((name) => SPAN_EXPORTERS.includes(name.trim()))) return input;
  throw new Error(`expected ${SPAN_EXPORTERS.join(', ')}, got "${input}"`);
});
