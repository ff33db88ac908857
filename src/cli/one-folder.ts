import path from 'node:path';
import { parseArgs } from 'node:util';

interface Named {
  /** Absolute. */
  folder: string;
  /** Those of the command's own that were given, without their dashes. */
  flags: ReadonlySet<string>;
}

/** What the command line names; undefined when it asks for help. Throws an Error for people. */
export function oneFolder(command: string, parameters: string[], flags: readonly string[] = []): Named | undefined {
  const { values, positionals } = parseArgs({
    args: parameters,
    allowPositionals: true,
    options: {
      help: { type: 'boolean', default: false, short: 'h' },
      ...Object.fromEntries(flags.map((flag) => [flag, { type: 'boolean' as const }])),
    },
  });
  if (values.help) return undefined;
  const [folder, ...others] = positionals;
  if (!folder || others.length > 0) throw new Error(`Name one folder: npm run ${command} -- <folder>`);
  return { folder: path.resolve(folder), flags: new Set(Object.keys(values)) };
}
