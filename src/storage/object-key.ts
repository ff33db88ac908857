const SEGMENT = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}$/;
/** Characters, which are bytes here; S3 takes 1,024 with the prefix. */
const LONGEST_KEY = 800;

export function isObjectKey(key: string): boolean {
  return key.length <= LONGEST_KEY && key.split('/').every((segment) => SEGMENT.test(segment));
}

/** Keys are made by the platform and never by a client: another one is a bug. Throws TypeError. */
export function checkKey(key: string): void {
  if (!isObjectKey(key)) throw new TypeError(`Not an object key: ${JSON.stringify(key)}`);
}

/** As a key, or empty for everything. Throws TypeError. */
export function checkPrefix(prefix: string): void {
  if (prefix !== '') checkKey(prefix);
}
