import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { BASE_PATH } from '../http/base-path.js';

export const WATCH_USAGE = `Usage: npm run -s watch -- <jobId> [options]

Shows a job's training and validation loss from its beginning to its end, live. Ctrl-C leaves; the job goes on.

  --url <address>      where the API is (default: this machine, at PORT)
  --token-file <path>  holds a JSON Web Token that may see the job; - for standard input. Without it one is made with
                       the secret of the platform of this folder, as npm run token does, for APIs on this machine
                       alone
  --help               this text

Exit code 0 when the job completed, 1 when it failed, was cancelled or cannot be watched, 2 for a wrong command line.`;

const STANDARD_INPUT = 0;

/** A command line that cannot be understood, with a message for people. */
export class WrongUsageError extends Error {}

export interface WatchRequest {
  jobId: string;
  /** With the API's base path, without a slash at its end. */
  baseUrl?: string;
  token?: string;
}

/** Reads the command line; undefined when it asks for help. Throws a WrongUsageError. */
export function parseWatchArguments(parameters: string[]): WatchRequest | undefined {
  const { values, positionals } = parsed(parameters);
  if (values.help) return undefined;
  const [jobId, ...more] = positionals;
  if (!jobId || more.length > 0) throw new WrongUsageError('Expected the id of one job');
  return {
    jobId,
    ...(values.url !== undefined && { baseUrl: baseUrlOf(values.url) }),
    ...(values['token-file'] !== undefined && { token: tokenIn(values['token-file']) }),
  };
}

function parsed(parameters: string[]) {
  try {
    return parseArgs({
      args: parameters,
      allowPositionals: true,
      options: {
        url: { type: 'string' },
        'token-file': { type: 'string' },
        help: { type: 'boolean', default: false, short: 'h' },
      },
    });
  } catch (error) {
    throw new WrongUsageError((error as Error).message);
  }
}

/** An address without a path means the API where it usually lies. */
function baseUrlOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.search || url.hash) {
    throw new WrongUsageError(`--url: expected an address such as http://127.0.0.1:3001, got "${text}"`);
  }
  const path = url.pathname.replace(/\/+$/, '');
  return `${url.origin}${path || `/${BASE_PATH}`}`;
}

/** Not taken from the command line itself, which everybody on the machine can read. */
function tokenIn(file: string): string {
  const token = contentOf(file).trim();
  // Three parts of base64url: anything else could not be sent, or is a mistake.
  if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) throw new WrongUsageError('--token-file: holds no JSON Web Token');
  return token;
}

function contentOf(file: string): string {
  try {
    return readFileSync(file === '-' ? STANDARD_INPUT : file, 'utf8');
  } catch (error) {
    throw new WrongUsageError(`--token-file: ${(error as Error).message}`);
  }
}
