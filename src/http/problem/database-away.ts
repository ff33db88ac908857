/** Node's codes of a server that cannot be reached. */
const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EPIPE',
]);

/**
 * SQLSTATE: connections, refused sessions, a transaction that was idle too long, too many sessions, a statement that
 * took too long, shutting down, starting.
 */
const AWAY = /^(08...|25P03|28...|3D000|53300|55000|57014|57P0[1-5])$/;

/** node-postgres gives these no code. */
const MESSAGES =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;

/** What TypeORM says when a connection dies between two statements of a transaction. */
const DIED_BETWEEN_STATEMENTS = new Set(['QueryRunnerAlreadyReleasedError', 'QueryRunnerProviderAlreadyReleasedError']);

/** Whether an error says that the database cannot be reached, rather than that a statement is wrong. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (DIED_BETWEEN_STATEMENTS.has(error.name)) return true;
  const { code, driverError } = error as { code?: unknown; driverError?: unknown };
  if (typeof code === 'string' && (UNREACHABLE.has(code) || AWAY.test(code))) return true;
  return MESSAGES.test(error.message) || (driverError !== undefined && isDatabaseAway(driverError));
}
