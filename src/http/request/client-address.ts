import { isIP, isIPv6 } from 'node:net';
import type { FastifyRequest } from 'fastify';

/** Who an address is counted as: IPv6 hosts have a network of 2⁶⁴ addresses to choose from, so that counts as one. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped) return mapped[1]!;
  const [plain] = address.split('%');
  if (!isIPv6(plain!)) return address;
  const [head, tail] = plain!.split('::');
  const before = head === '' ? [] : head!.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros =
    tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0');
  const network = [...before, ...zeros, ...after].slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(':')}::/64`;
}

/** Fastify's type says that there always is an `ip`; it is the socket's, which a reset connection has no more. */
type AddressedRequest = Pick<FastifyRequest, 'socket'> & { ip: string | undefined };

/**
 * Where a request came from: one spelling for each address. What a believed proxy writes may have a port, brackets or
 * quotes, or be no address at all; the proxy's own is taken then. Whoever has hung up by now has none.
 */
export function addressOf({ ip, socket }: AddressedRequest): string {
  return plainAddress(ip) ?? plainAddress(socket.remoteAddress) ?? 'unknown';
}

/** Undefined where it is none. */
export function plainAddress(text = ''): string | undefined {
  const [, bracketed, v4, bare] = /^"?(?:\[([^\]]+)\](?::\d+)?|([\d.]+):\d+|([^"]+))"?$/.exec(text.trim()) ?? [];
  const [address = ''] = (bracketed ?? v4 ?? bare ?? '').split('%');
  if (!isIPv6(address)) return isIP(address) ? address : undefined;
  const { hostname } = new URL(`http://[${address}]`);
  const mapped = /^\[::ffff:([\da-f]{1,4}):([\da-f]{1,4})\]$/.exec(hostname);
  if (!mapped) return hostname.slice(1, -1);
  const bytes = mapped.slice(1).flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]);
  return bytes.join('.');
}
