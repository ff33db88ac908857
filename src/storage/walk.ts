import type { Stats } from 'node:fs';
import { opendir, stat } from 'node:fs/promises';
import path from 'node:path';

export interface WalkedFile {
  path: string;
  stats: Stats;
}

/** All files below a folder, in no order. What others remove meanwhile is left out; so is a folder that is not there. */
export async function* walk(folder: string): AsyncGenerator<WalkedFile> {
  const entries = await orNull(opendir(folder));
  if (!entries) return;
  for await (const entry of entries) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      yield* walk(file);
    } else if (entry.isFile()) {
      const stats = await orNull(stat(file));
      if (stats) yield { path: file, stats };
    }
  }
}

/** Null where there is no such file. */
export async function orNull<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
}
