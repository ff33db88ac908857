import { realpath } from 'node:fs/promises';
import path from 'node:path';
import type { Environment } from '../config/environment.js';
import { STORE_FOLDERS } from '../storage/open-stores.js';
import { orNull } from '../storage/walk.js';

/** Throws an Error for people where the platform would take the files of a backup for orphans of its own, and remove them. */
export async function expectOutside(folder: string, environment: Environment): Promise<void> {
  const place = await realPlace(folder);
  for (const of of Object.values(STORE_FOLDERS)) {
    const store = of(environment);
    const [first] = path.relative(await realPlace(store), place).split(path.sep);
    // A name may begin with two dots and lie within.
    if (first !== '..') {
      throw new Error(`${folder} lies among the platform's own files, in ${store}: name a folder elsewhere`);
    }
  }
}

/** Where a path leads that need not be there yet, by way of what is there of it. */
async function realPlace(place: string): Promise<string> {
  const real = await orNull(realpath(place));
  return real ?? path.join(await realPlace(path.dirname(place)), path.basename(place));
}
