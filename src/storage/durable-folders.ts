import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { type FileHandle, mkdir, open, rmdir } from 'node:fs/promises';
import path from 'node:path';

/** Far more than others can spoil, far fewer than for ever. */
const TRIES = 100;

export interface NewFile {
  handle: FileHandle;
  /** The folders that must be flushed for the file to outlive a power cut, innermost first. */
  folders: string[];
}

/** With the folders above it, all of them flushed. Throws what the system says. */
export function makeFolder(folder: string): void {
  const created = mkdirSync(folder, { recursive: true });
  if (created === undefined) return;
  for (const flushed of foldersUpTo(path.dirname(created), folder, folder)) {
    const handle = openSync(flushed, 'r');
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  }
}

/**
 * A new file below `root`, with the folders that it needs. A folder that was there may be gone the next moment, because
 * the last file in it was removed.
 */
export async function createFile(file: string, root: string): Promise<NewFile> {
  const folder = path.dirname(file);
  for (let left = TRIES; ; left--) {
    try {
      const created = await mkdir(folder, { recursive: true });
      const handle = await open(file, 'wx', 0o644);
      return { handle, folders: foldersUpTo(created === undefined ? root : path.dirname(created), root, folder) };
    } catch (error) {
      if (left === 0 || (error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
}

/** Up to the root even where all was there: another process may have made it just now and not flushed it yet. */
function foldersUpTo(top: string, root: string, folder: string): string[] {
  const last = top.length < root.length ? top : root;
  const folders = [folder];
  while (folders.at(-1) !== last) folders.push(path.dirname(folders.at(-1)!));
  return folders;
}

export async function flushFolders(folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  }
}

/** `folder` and those above it, below `root`, as far as nothing is in them. One that has to stay does no harm. */
export async function removeEmptyFolders(folder: string, root: string): Promise<void> {
  for (let empty = folder; empty !== root; empty = path.dirname(empty)) {
    try {
      await rmdir(empty);
    } catch {
      return;
    }
  }
}
