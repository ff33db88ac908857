import { isLoopback } from './loopback.js';

interface Addresses {
  DATABASE_URL?: string | undefined;
  REDIS_URL?: string | undefined;
  S3_ENDPOINT?: string | undefined;
}

/** Modes in which the database's client begins with TLS or not at all. */
const TLS_MODES = ['require', 'verify-ca', 'verify-full'];

const USES_TLS: Readonly<Record<keyof Addresses, (url: URL) => boolean>> = {
  DATABASE_URL: ({ searchParams }) => TLS_MODES.includes(searchParams.get('sslmode') ?? ''),
  REDIS_URL: ({ protocol }) => protocol === 'rediss:',
  S3_ENDPOINT: ({ protocol }) => protocol === 'https:',
};

/** Variables by which the platform would speak to another machine in the clear. */
export function plainConnections(addresses: Addresses): string[] {
  const names = Object.keys(USES_TLS) as (keyof Addresses)[];
  return names.filter((name) => {
    const address = addresses[name];
    if (address === undefined) return false;
    const url = new URL(address);
    return !isHere(url) && !USES_TLS[name](url);
  });
}

/** Sockets of this machine are named by a path, in `host`. */
function isHere({ hostname, searchParams }: URL): boolean {
  const host = searchParams.get('host');
  return host === null ? isLoopback(hostname) : host.startsWith('/');
}
