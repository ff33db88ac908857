/** Held by a backup while it copies files; the number only has to be ours. */
export const BACKUP_LOCK = 7_240_117;

/**
 * True while no backup runs. Asked by whoever removes a stored file, after the rows have let go of it for good: a backup
 * that begins later reads those rows and does not want the file, one that runs may, and the file is left to a later
 * sweep. The lock is let go of with the statement.
 */
export const NO_BACKUP_RUNS = `pg_try_advisory_xact_lock_shared(${BACKUP_LOCK})`;

export const MAY_REMOVE_FILES = `SELECT ${NO_BACKUP_RUNS} AS may`;
