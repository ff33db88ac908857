/** What to do about a failed write: the data is at fault, the database will be back, or neither. */
export type Remedy = 'refuse' | 'retry' | 'throw';

/** SQLSTATE classes: 22 data exception, 23 integrity violation, 54 a limit of the program exceeded. */
const DATA = new Set(['22', '23', '54']);
/**
 * 08 connection, 25 read-only during a failover, 40 rolled back (deadlock), 53 out of resources, 55 a lock not to be
 * had, 57 shut down by an operator, 58 trouble of the system below.
 */
const PASSING = new Set(['08', '25', '40', '53', '55', '57', '58']);

/** Errors without a SQLSTATE come from the connection itself (refused, reset, timed out), or else are our own bugs. */
export function remedyFor(error: unknown): Remedy {
  if (error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError) return 'throw';
  const code = (error as { code?: string }).code;
  if (typeof code !== 'string' || !/^[0-9A-Z]{5}$/.test(code)) return 'retry';
  const sqlClass = code.slice(0, 2);
  if (DATA.has(sqlClass)) return 'refuse';
  return PASSING.has(sqlClass) ? 'retry' : 'throw';
}
