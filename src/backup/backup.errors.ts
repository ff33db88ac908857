const MOST_SHOWN = 20;

/** The first of them, a line each, and how many more there are. */
const listed = (problems: readonly string[]) =>
  [
    ...problems.slice(0, MOST_SHOWN),
    ...(problems.length > MOST_SHOWN ? [`and ${problems.length - MOST_SHOWN} more`] : []),
  ]
    .map((problem) => `\n  ${problem}`)
    .join('');

/** No backup was made: what it would have to hold is not as the rows say. */
export class FilesDamagedError extends Error {
  constructor(problems: readonly string[]) {
    super(
      `There is no backup: files are not what the database says of them.${listed(problems)}\n` +
        'Were DATA_DIR, ARTIFACTS_DIR, DATASETS_DIR and S3_BUCKET here what they are for the platform? If so, bring them ' +
        'back from an earlier backup, or delete what they belong to, then try again. To have a backup of all ' +
        'the rest until then: npm run backup -- <folder> --without-damaged',
    );
    this.name = 'FilesDamagedError';
  }
}

/** Nothing was restored: the backup is not what was written. */
export class BackupDamagedError extends Error {
  constructor(problems: readonly string[]) {
    super(`The backup is damaged; nothing was restored.${listed(problems)}`);
    this.name = 'BackupDamagedError';
  }
}

/** The database to restore into holds something. */
export class DatabaseNotEmptyError extends Error {
  constructor(tables: readonly { name: string; rows: number }[]) {
    const rows = tables.map((table) => `${table.name} (${table.rows})`).join(', ');
    super(
      `The database is not empty: there are rows in ${rows}. A backup is restored into an empty database alone: ` +
        'create one, or remove DATA_DIR. Had an earlier restore ended with these rows, "npm run migrate" completes it.',
    );
    this.name = 'DatabaseNotEmptyError';
  }
}

/** Migrations that this release does not know. */
export class NewerReleaseError extends Error {
  constructor(what: string, unknown: readonly string[], release?: string) {
    super(
      `${what} is of a newer release than this one (unknown here: ${unknown.join(', ')}). Use ${release ? `release ${release} or a later one` : 'the release that it belongs to'}.`,
    );
    this.name = 'NewerReleaseError';
  }
}
