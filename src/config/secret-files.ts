import { readFileSync } from 'node:fs';

/** Variables whose value may stand in a file that `<name>_FILE` names, as secrets are mounted into containers. */
export const SECRETS = [
  'DATABASE_URL',
  'DATABASE_APP_URL',
  'DATABASE_DIRECT_URL',
  'REDIS_URL',
  'JWT_SECRET',
  'JWT_SECRET_PREVIOUS',
  'S3_ACCESS_KEY_ID',
  'S3_SECRET_ACCESS_KEY',
  'OTEL_EXPORTER_OTLP_HEADERS',
  'OTEL_EXPORTER_OTLP_TRACES_HEADERS',
] as const;

/** The values of those files, without the white space at their ends, and what is wrong with them, one sentence each. */
export function secretFiles(set: NodeJS.ProcessEnv): { values: Record<string, string>; problems: string[] } {
  const values: Record<string, string> = {};
  const problems: string[] = [];
  for (const name of SECRETS) {
    const file = set[`${name}_FILE`];
    if (file === undefined) continue;
    const { text, reason } = read(file);
    if (set[name] !== undefined) problems.push(`${name}_FILE: must not be set beside ${name}`);
    else if (text === undefined) problems.push(`${name}_FILE: cannot be read (${reason})`);
    else if (text === '') problems.push(`${name}_FILE: is empty`);
    else values[name] = text;
  }
  return { values, problems };
}

function read(file: string): { text?: string; reason?: string } {
  try {
    return { text: readFileSync(file, 'utf8').trim() };
  } catch (error) {
    return { reason: (error as Error).message };
  }
}
