import { isObjectKey } from '../storage/object-key.js';
import { STORE_FOLDERS, type StoreName } from '../storage/open-stores.js';

/** What lies where in a backup, as paths with slashes below its folder (docs/operations.md#backups). */
export const MANIFEST = 'manifest.json';
/** What the rows say of the files. */
export const FILES = 'files.tsv';
export const SUMS = 'SHA256SUMS';

export const STORES = Object.keys(STORE_FOLDERS) as StoreName[];

export const tableFile = (table: string) => `database/${table}.copy.gz`;
export const objectFile = (store: StoreName, key: string) => `files/${store}/${key}`;

const TABLE_FILE = /^database\/[a-z_][a-z0-9_]*\.copy\.gz$/;

/** Whether a backup may hold a file of that name: none that leads out of its folder. */
export function isNameInBackup(name: string): boolean {
  if (name === MANIFEST || name === FILES || TABLE_FILE.test(name)) return true;
  const store = STORES.find((candidate) => name.startsWith(objectFile(candidate, '')));
  return store !== undefined && isObjectKey(name.slice(objectFile(store, '').length));
}
