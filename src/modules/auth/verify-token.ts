import { errors, jwtVerify } from 'jose';
import { TokenExpiredError, TokenInvalidError } from './auth.errors.js';
import type { VerificationKey } from './verification-key.js';

/** Names as passport-jwt hands them on; seconds. */
export interface Verification {
  issuer?: string | undefined;
  audience?: string | undefined;
  type?: string | undefined;
  maxAge?: number | undefined;
  clockTolerance: number;
}

export type Claims = Record<string, unknown>;

/**
 * A token's claims once its signature and its times are right. Keys and extensions that a header brings along (`jwk`,
 * `jku`, `x5c`, `x5u`, `crit`) have no say. Throws TokenExpiredError, TokenInvalidError.
 */
export async function verifyToken(
  token: string,
  { key, algorithm }: VerificationKey,
  wanted: Verification,
): Promise<Claims> {
  const { payload, protectedHeader } = await jwtVerify(token, key, {
    algorithms: [algorithm],
    clockTolerance: wanted.clockTolerance,
    requiredClaims: ['exp'],
    ...(wanted.issuer === undefined ? {} : { issuer: wanted.issuer }),
    ...(wanted.audience === undefined ? {} : { audience: wanted.audience }),
    ...(wanted.maxAge === undefined ? {} : { maxTokenAge: wanted.maxAge }),
  }).catch((error: unknown) => {
    throw error instanceof errors.JWTExpired ? new TokenExpiredError() : new TokenInvalidError();
  });
  const isWanted = !('crit' in protectedHeader) && isOfType(protectedHeader.typ, wanted.type);
  if (!isWanted || isFromTheFuture(payload.iat, wanted.clockTolerance)) throw new TokenInvalidError();
  return payload;
}

/** Plain tokens, and access tokens (RFC 9068): none that is made for something else, such as `logout+jwt`. */
const USUAL_TYPES = ['jwt', 'at+jwt'];

/** A media type, which may go without its `application/` (RFC 7515). */
function isOfType(typ: unknown, wanted: string | undefined): boolean {
  const named = (text: string) => text.toLowerCase().replace(/^application\//, '');
  if (typeof typ !== 'string') return typ === undefined && wanted === undefined;
  return (wanted === undefined ? USUAL_TYPES : [named(wanted)]).includes(named(typ));
}

/** jose looks at that only where there is a maximum age. */
function isFromTheFuture(iat: number | undefined, toleranceSeconds: number): boolean {
  return iat !== undefined && iat > Date.now() / 1_000 + toleranceSeconds;
}
