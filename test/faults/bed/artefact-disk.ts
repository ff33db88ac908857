import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import path from 'node:path';

const SIZE_MB = 32;
const BLOCK = Buffer.alloc(65_536);

/** The artefact folder, on a small file system of its own where this machine lets us mount one. */
export class ArtefactDisk {
  private constructor(
    readonly folder: string,
    /** Whether it can be filled. */
    readonly mounted: boolean,
  ) {}

  static make(folder: string): ArtefactDisk {
    mkdirSync(folder, { recursive: true });
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE_MB}m`, 'tmpfs', folder], { stdio: 'ignore' });
      return new ArtefactDisk(folder, true);
    } catch {
      return new ArtefactDisk(folder, false);
    }
  }

  private get ballast(): string {
    return path.join(this.folder, '.ballast');
  }

  /** Until not a byte more fits. */
  async fill(): Promise<void> {
    const file = await open(this.ballast, 'w');
    try {
      for (const block of [BLOCK, BLOCK.subarray(0, 512)]) await writeUntilFull(file, block);
    } finally {
      await file.close();
    }
  }

  async free(): Promise<void> {
    await rm(this.ballast, { force: true });
  }

  remove(): void {
    if (this.mounted) execFileSync('umount', ['-l', this.folder], { stdio: 'ignore' });
  }
}

async function writeUntilFull(file: { write(bytes: Buffer): Promise<unknown> }, block: Buffer): Promise<void> {
  try {
    for (;;) await file.write(block);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
}
