import type { Backup } from './back-up.js';

/** What there is to say of a backup that was written, for people. */
export function backupReport(folder: string, { tables, files, createdAt, leftOut }: Backup): string {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const all = Object.values(files);
  const count = all.reduce((sum, store) => sum + store.count, 0);
  const bytes = all.reduce((sum, store) => sum + store.bytes, 0);
  return [
    ...leftOut.tables.map((name) => `Not in the backup, because it is no table of the platform: ${name}`),
    ...leftOut.files.map((key) => `Not in the backup, because it was known to be damaged or missing: ${key}`),
    ...leftOut.damaged.map((problem) => `Not in the backup, because it is damaged or missing: ${problem}`),
    `${folder} holds ${rows} rows in ${tables.length} tables as of ${createdAt}, and ${count} files of ${bytes} bytes.`,
    `It is as secret as the database. To look whether it is whole: cd ${folder} && sha256sum -c --quiet SHA256SUMS`,
  ].join('\n');
}
