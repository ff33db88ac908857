/** A seed for a text, 0 to 2³²−1: 32-bit FNV-1a over its UTF-8 bytes (Fowler, Noll & Vo). */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text, 'utf8')) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
