import pg from 'pg';
import { isLoopback } from './loopback.js';

interface Addresses {
  DATABASE_URL?: string | undefined;
  DATABASE_DIRECT_URL?: string | undefined;
  REDIS_URL?: string | undefined;
  S3_ENDPOINT?: string | undefined;
  OTEL_EXPORTER_OTLP_ENDPOINT?: string | undefined;
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT?: string | undefined;
}

/** How the database's client reads the URL, and PGSSLMODE beside it: it alone knows which of many ways to say it count. */
function reading(databaseUrl: string): { host: string; ssl: boolean | { rejectUnauthorized?: boolean } } {
  return new pg.Client({ connectionString: databaseUrl });
}

/** Variables by which the platform would speak to another machine in the clear. */
export function plainConnections(addresses: Addresses): string[] {
  const { DATABASE_URL, DATABASE_DIRECT_URL, REDIS_URL, S3_ENDPOINT } = addresses;
  const { OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT } = addresses;
  const plain = {
    DATABASE_URL: DATABASE_URL !== undefined && isPlainDatabase(DATABASE_URL),
    DATABASE_DIRECT_URL: DATABASE_DIRECT_URL !== undefined && isPlainDatabase(DATABASE_DIRECT_URL),
    REDIS_URL: REDIS_URL !== undefined && isPlain(new URL(REDIS_URL), 'redis:'),
    S3_ENDPOINT: isPlainHttp(S3_ENDPOINT),
    OTEL_EXPORTER_OTLP_ENDPOINT: isPlainHttp(OTEL_EXPORTER_OTLP_ENDPOINT),
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: isPlainHttp(OTEL_EXPORTER_OTLP_TRACES_ENDPOINT),
  };
  return Object.entries(plain).flatMap(([name, isSo]) => (isSo ? [name] : []));
}

/** Whether the database's client would take any server for the right one. */
export function trustsAnyDatabase(databaseUrl: string): boolean {
  const { ssl } = reading(databaseUrl);
  return typeof ssl === 'object' && ssl.rejectUnauthorized === false;
}

function isPlainDatabase(databaseUrl: string): boolean {
  const { host, ssl } = reading(databaseUrl);
  // A path is a socket of this machine.
  return !ssl && !host.startsWith('/') && !isLoopback(host);
}

const isPlain = ({ protocol, hostname }: URL, plainProtocol: string): boolean =>
  protocol === plainProtocol && !isLoopback(hostname);

const isPlainHttp = (url: string | undefined): boolean => url !== undefined && isPlain(new URL(url), 'http:');
