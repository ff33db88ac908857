import { createHmac, createSecretKey } from 'node:crypto';
import { TokenExpiredError, TokenInvalidError } from './auth.errors.js';
import type { VerificationKey } from './verification-key.js';
import { type Verification, verifyToken } from './verify-token.js';

const NOW = 1_900_000_000;
const SECRET = 's'.repeat(32);
const KEY: VerificationKey = { algorithm: 'HS256', key: createSecretKey(Buffer.from(SECRET)) };
const TOLERANT: Verification = { clockTolerance: 5 };
const AGED: Verification = { ...TOLERANT, maxAge: 60 };
const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');

const signed = (claims: object, header: object = {}) => {
  const text = `${encoded({ alg: 'HS256', ...header })}.${encoded({ exp: NOW + 600, ...claims })}`;
  return `${text}.${createHmac('sha256', SECRET).update(text).digest('base64url')}`;
};

describe('verifyToken', () => {
  beforeEach(() => jest.useFakeTimers({ now: NOW * 1_000, doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] }));
  afterEach(() => jest.useRealTimers());

  it.each<[string, object, Verification]>([
    ['no more than an end', {}, TOLERANT],
    ['an end within the tolerance', { exp: NOW - 4 }, TOLERANT],
    ['a beginning within it', { nbf: NOW + 5 }, TOLERANT],
    ['an issue within it', { iat: NOW + 5 }, TOLERANT],
    ['an age within it', { iat: NOW - 65 }, AGED],
    ['the right issuer', { iss: 'i' }, { ...TOLERANT, issuer: 'i' }],
    ['the right audience', { aud: 'a' }, { ...TOLERANT, audience: 'a' }],
    ['the right audience among others', { aud: ['b', 'a'] }, { ...TOLERANT, audience: 'a' }],
  ])('accepts %s', async (_, claims, wanted) => {
    expect(await verifyToken(signed(claims), KEY, wanted)).toMatchObject(claims);
  });

  it.each<[string, object, Verification, new () => Error]>([
    ['an end that is over', { exp: NOW - 5 }, TOLERANT, TokenExpiredError],
    ['an end that is over, without tolerance', { exp: NOW }, { clockTolerance: 0 }, TokenExpiredError],
    ['no end', { exp: undefined }, TOLERANT, TokenInvalidError],
    ['a beginning to come', { nbf: NOW + 6 }, TOLERANT, TokenInvalidError],
    ['a token from the future', { iat: NOW + 6 }, TOLERANT, TokenInvalidError],
    ['an issue that is no number', { iat: 'now' }, TOLERANT, TokenInvalidError],
    ['a token that is too old', { iat: NOW - 66 }, AGED, TokenExpiredError],
    ['a token that does not tell its age', {}, AGED, TokenInvalidError],
    ['a token from the future, where there is an age', { iat: NOW + 6 }, AGED, TokenInvalidError],
    ['another issuer', { iss: 'j' }, { ...TOLERANT, issuer: 'i' }, TokenInvalidError],
    ['no issuer', {}, { ...TOLERANT, issuer: 'i' }, TokenInvalidError],
    ['another audience', { aud: ['b'] }, { ...TOLERANT, audience: 'a' }, TokenInvalidError],
    ['no audience', {}, { ...TOLERANT, audience: 'a' }, TokenInvalidError],
  ])('refuses %s', async (_, claims, wanted, Expected) => {
    await expect(verifyToken(signed(claims), KEY, wanted)).rejects.toThrow(Expected);
  });

  it.each([{ crit: ['b64'], b64: true }, { crit: ['exp'], exp: 1 }, { crit: [] }, { alg: 'HS512' }, { alg: 'none' }])(
    'refuses the header %j',
    async (header) => {
      await expect(verifyToken(signed({}, header), KEY, TOLERANT)).rejects.toThrow(TokenInvalidError);
    },
  );

  it.each<[unknown, string | undefined, boolean]>([
    [undefined, undefined, true],
    ['JWT', undefined, true],
    ['jwt', undefined, true],
    ['at+jwt', undefined, true],
    ['application/at+jwt', undefined, true],
    ['logout+jwt', undefined, false],
    ['dpop+jwt', undefined, false],
    ['', undefined, false],
    [5, undefined, false],
    ['at+jwt', 'at+jwt', true],
    ['application/AT+JWT', 'at+jwt', true],
    ['at+jwt', 'application/at+jwt', true],
    ['JWT', 'at+jwt', false],
    [undefined, 'at+jwt', false],
  ])('of the type %j, where %j is wanted, is accepted: %j', async (typ, type, isAccepted) => {
    const accepted = verifyToken(signed({}, { typ }), KEY, { ...TOLERANT, type }).then(
      () => true,
      (error: unknown) => !(error instanceof TokenInvalidError),
    );
    expect(await accepted).toBe(isAccepted);
  });
});
