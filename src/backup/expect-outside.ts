import path from 'node:path';
import type { Environment } from '../config/environment.js';
import { STORE_FOLDERS } from '../storage/open-stores.js';

/** Throws an Error for people where the platform would take the files of a backup for orphans of its own, and remove them. */
export function expectOutside(folder: string, environment: Environment): void {
  for (const of of Object.values(STORE_FOLDERS)) {
    const store = of(environment);
    if (!path.relative(store, folder).startsWith('..')) {
      throw new Error(`${folder} lies among the platform's own files, in ${store}: name a folder elsewhere`);
    }
  }
}
