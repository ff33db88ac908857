/** The process needs a database and none is configured. */
export class DatabaseNotConfiguredError extends Error {
  constructor() {
    super('DATABASE_URL is not set. Set it, or run "npm start", which brings a database of its own.');
    this.name = 'DatabaseNotConfiguredError';
  }
}

/** The database answers, but its tables are older than this release needs. */
export class SchemaBehindError extends Error {
  constructor(missing: readonly string[]) {
    super(`The database schema is behind (missing: ${missing.join(', ')}). Run "npm run migrate", then start again.`);
    this.name = 'SchemaBehindError';
  }
}
