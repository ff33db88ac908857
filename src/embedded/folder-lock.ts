import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, readFile, writeFile } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';

/** Two platforms must not share a data folder. */
export class FolderInUseError extends Error {
  constructor(folder: string, holder: string | undefined) {
    super(
      `${path.dirname(folder)} is in use by a platform that is running already${holder ? ` (process ${holder})` : ''}: ` +
        'stop it first, or set another DATA_DIR',
    );
    this.name = 'FolderInUseError';
  }
}

/** BSD's and macOS's flag: open(2) takes an exclusive lock, which Linux does not offer. */
const O_EXLOCK = 0x20;

/**
 * Holds the folder for this process until it lets go or dies, by whatever death: the lock is the kernel's, so there is
 * never a stale one to judge. `id` is the folder's secret; it keeps others from taking the name. Throws
 * FolderInUseError.
 */
export async function lockFolder(folder: string, id: string): Promise<() => void> {
  const holder = path.join(folder, 'lock');
  const release = process.platform === 'linux' ? await holdName(`${folder}\n${id}`) : await holdFile(holder);
  if (!release) throw new FolderInUseError(folder, await readFile(holder, 'utf8').catch(() => undefined));
  await writeFile(holder, String(process.pid));
  return release;
}

/** A socket in Linux's abstract name space: the name exists exactly as long as the process that bound it. */
function holdName(content: string): Promise<(() => void) | undefined> {
  const name = `\0ai-training-platform-${createHash('sha256').update(content).digest('hex').slice(0, 32)}`;
  return new Promise((resolve, reject) => {
    const socket = net.createServer((connection) => connection.destroy());
    socket.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    );
    socket.listen(name, () => resolve(() => void socket.close()));
    socket.unref();
  });
}

async function holdFile(file: string): Promise<(() => void) | undefined> {
  const flags = constants.O_RDWR | constants.O_CREAT | constants.O_NONBLOCK | O_EXLOCK;
  const handle = await open(file, flags, 0o600).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EAGAIN') return undefined;
    throw error;
  });
  return handle && (() => void handle.close());
}
