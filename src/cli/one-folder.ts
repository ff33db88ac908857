import path from 'node:path';
import { parseArgs } from 'node:util';

/** The folder that the command line names, absolute; undefined when it asks for help. Throws an Error for people. */
export function oneFolder(command: string, parameters: string[]): string | undefined {
  const { values, positionals } = parseArgs({
    args: parameters,
    allowPositionals: true,
    options: { help: { type: 'boolean', default: false, short: 'h' } },
  });
  if (values.help) return undefined;
  const [folder, ...others] = positionals;
  if (!folder || others.length > 0) throw new Error(`Name one folder: npm run ${command} -- <folder>`);
  return path.resolve(folder);
}
