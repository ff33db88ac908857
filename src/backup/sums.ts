import { createReadStream, createWriteStream } from 'node:fs';
import { lstat, open, opendir } from 'node:fs/promises';
import path from 'node:path';
import readline from 'node:readline';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Tally } from '../storage/tally.js';
import { orNull } from '../storage/walk.js';
import { BackupDamagedError } from './backup.errors.js';
import { isNameInBackup, SUMS } from './layout.js';

const LINE = /^([0-9a-f]{64}) [ *](.+)$/;

/** sha256 by name, of all files of a backup but the list itself. */
export type Sums = ReadonlyMap<string, string>;

/** Reads every byte of a backup. Throws BackupDamagedError, with each file that is not as it was written. */
export async function verifiedSums(folder: string, signal: AbortSignal): Promise<Sums> {
  const sums = await readSums(folder);
  const problems: string[] = [];
  for await (const { name, isFile } of entriesBelow(folder)) {
    if (name !== SUMS && !(isFile && sums.has(name))) problems.push(`${name} does not belong to it`);
  }
  for (const [name, sum] of sums) {
    const found = await orNull(lstat(path.join(folder, name)));
    if (!found?.isFile()) problems.push(`${name} is missing`);
    else if ((await sha256OfFile(path.join(folder, name), signal)) !== sum) problems.push(`${name} was changed`);
  }
  if (problems.length > 0) throw new BackupDamagedError(problems);
  return sums;
}

async function readSums(folder: string): Promise<Map<string, string>> {
  const sums = new Map<string, string>();
  const file = await orNull(open(path.join(folder, SUMS)));
  if (!file) throw new BackupDamagedError([`${SUMS} is missing: ${folder} is no backup, or no whole one`]);
  for await (const line of readline.createInterface({ input: file.createReadStream(), crlfDelay: Infinity })) {
    const [, sum, name] = LINE.exec(line) ?? [];
    if (!sum || !name || !isNameInBackup(name) || sums.has(name)) {
      throw new BackupDamagedError([`${SUMS} has a line that no backup writes: ${JSON.stringify(line.slice(0, 200))}`]);
    }
    sums.set(name, sum);
  }
  return sums;
}

/** All but folders, by their names within the backup. A link is no file. */
async function* entriesBelow(folder: string, within = ''): AsyncGenerator<{ name: string; isFile: boolean }> {
  for await (const entry of await opendir(path.join(folder, within))) {
    const name = path.posix.join(within, entry.name);
    if (entry.isDirectory()) yield* entriesBelow(folder, name);
    else yield { name, isFile: entry.isFile() };
  }
}

export async function sha256OfFile(file: string, signal: AbortSignal): Promise<string> {
  const tally = new Tally();
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  await pipeline(createReadStream(file), tally, nowhere, { signal });
  return tally.result().sha256;
}

/** The list while it is written: a line for each file, as `sha256sum -c` reads them. */
export class SumsWriter {
  private readonly target;

  constructor(folder: string) {
    this.target = createWriteStream(path.join(folder, SUMS), { flags: 'wx', mode: 0o600, flush: true });
    // Whoever adds or closes hears of it; an event that nobody listens to would end the process.
    this.target.on('error', () => {});
  }

  async add(name: string, sha256: string): Promise<void> {
    await new Promise<void>((resolve, reject) =>
      this.target.write(`${sha256}  ${name}\n`, (error) => (error ? reject(error) : resolve())),
    );
  }

  /** Flushed to the disk. */
  async close(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.target.once('error', reject).once('close', resolve);
      this.target.end();
    });
  }
}
