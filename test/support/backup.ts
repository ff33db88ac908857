import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Command } from './command.js';

export const sha256 = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** sha256 by path of every file below a folder. */
export function filesBelow(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files
      .map((entry) => path.join(entry.parentPath, entry.name))
      .map((file) => [path.relative(folder, file), sha256(readFileSync(file))]),
  );
}

export interface Outcome {
  code: number | string;
  lines: string[];
  errors: string[];
}

/** Runs a command to its end. */
export async function run(entry: string, variables: NodeJS.ProcessEnv, parameters: string[] = []): Promise<Outcome> {
  const command = new Command(entry, variables as Record<string, string>, parameters);
  return { code: await command.ended, lines: command.lines, errors: command.errors };
}

/** Writes the list of a backup anew, as somebody does who has changed it and wants that to pass. */
export function sumAgain(folder: string): void {
  const lines = Object.entries(filesBelow(folder))
    .filter(([name]) => name !== 'SHA256SUMS')
    .map(([name, sum]) => `${sum}  ${name}\n`);
  writeFileSync(path.join(folder, 'SHA256SUMS'), lines.join(''));
}
