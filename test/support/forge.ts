import { createHmac, createSign, generateKeyPairSync } from 'node:crypto';
import { TEST_SECRET } from './client.js';

const now = () => Math.floor(Date.now() / 1_000);
const encoded = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

type Signer = (text: string) => string;

export const hmac =
  (hash: 'sha256' | 'sha384' | 'sha512', secret = TEST_SECRET): Signer =>
  (text) =>
    createHmac(hash, secret).update(text).digest('base64url');
export const rsa: Signer = (text) => createSign('RSA-SHA256').update(text).sign(privateKey, 'base64url');
export const unsigned: Signer = () => '';

/** A token by hand, valid unless told otherwise; a claim that is undefined is left out. */
export function forged(
  claims: Record<string, unknown> = {},
  header: Record<string, unknown> = {},
  sign: Signer = hmac('sha256'),
): string {
  const payload = { sub: 'tester', tenant: 'default', roles: ['admin'], iat: now(), exp: now() + 600, ...claims };
  const text = `${encoded({ alg: 'HS256', typ: 'JWT', ...header })}.${encoded(payload)}`;
  return `${text}.${sign(text)}`;
}

/** The token with another payload under the same signature. */
export function tampered(claims: Record<string, unknown>): string {
  const [header, , signature] = forged().split('.');
  return [header, forged(claims).split('.')[1], signature].join('.');
}
