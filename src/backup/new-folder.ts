import { lstat, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { flushFolders } from '../storage/durable-folders.js';
import { orNull } from '../storage/walk.js';

/**
 * Makes a folder that appears with all that `fill` puts into it, or not at all. Until then its content lies beside it,
 * under a name of its own; a process that is killed leaves that. Throws an Error for people where there is one already.
 */
export async function newFolder<T>(folder: string, fill: (draft: string) => Promise<T>): Promise<T> {
  const around = path.dirname(folder);
  await mkdir(around, { recursive: true });
  await expectNone(folder);
  // For its owner alone.
  const draft = await mkdtemp(`${folder}.draft-`);
  try {
    const result = await fill(draft);
    await flushFolders(await foldersIn(draft));
    await expectNone(folder);
    await rename(draft, folder);
    await flushFolders([around]);
    return result;
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}

async function expectNone(folder: string): Promise<void> {
  if (await orNull(lstat(folder))) throw new Error(`${folder} is there already: each backup is a new folder`);
}

/** Innermost first. */
async function foldersIn(folder: string): Promise<string[]> {
  const folders: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) folders.push(...(await foldersIn(path.join(folder, entry.name))));
  }
  return [...folders, folder];
}
