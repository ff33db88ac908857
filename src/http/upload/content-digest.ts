import type { IncomingHttpHeaders } from 'node:http';
import { DigestMalformedError } from './upload.errors.js';

/** `sha-256=:…:` as in RFC 9530's Content-Digest and Repr-Digest; `sha-256=…` as in RFC 3230's Digest. */
const HEADERS = { 'content-digest': /^:([A-Za-z0-9+/]{43}=):$/, digest: /^([A-Za-z0-9+/]{43}=)$/ } as const;

const MEMBER = /^\s*[a-z*][\w.*-]*\s*=/i;

/** Hexadecimal sha256 that the sender announced; null where there is none, or only in algorithms we do not know. */
export function announcedSha256(headers: IncomingHttpHeaders): string | null {
  for (const [name, form] of Object.entries(HEADERS)) {
    const value = headers[name];
    if (typeof value !== 'string') continue;
    const members = value.split(',');
    if (!members.every((part) => MEMBER.test(part))) throw new DigestMalformedError(name);
    const member = members.find((part) => /^\s*sha-256\s*=/i.test(part));
    if (!member) continue;
    const digest = form.exec(member.slice(member.indexOf('=') + 1).trim())?.[1];
    if (!digest) throw new DigestMalformedError(name);
    return Buffer.from(digest, 'base64').toString('hex');
  }
  return null;
}
