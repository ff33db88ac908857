import { spawn } from 'node:child_process';

/**
 * What the server's programs get of the environment: PG* variables would change how they behave, and none of them
 * needs our secrets.
 */
export const PLAIN_ENVIRONMENT = { PATH: '/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C', TZ: 'UTC' };

/** Started anywhere else, a program of another user may not be allowed to read the folder it stands in. */
export const REACHABLE_BY_ALL = '/';

/** Who runs the server's programs. */
export interface ServerUser {
  uid: number;
  gid: number;
}

export interface Outcome {
  /** Null when the program ended by a signal or could not be started. */
  code: number | null;
  /** Standard output and standard error, as they came. */
  output: string;
}

export interface RunOptions {
  user?: ServerUser | undefined;
  input?: string;
}

/** Runs a program to its end. Never throws: a program that cannot be started is an outcome, too. */
export function run(program: string, parameters: string[], { user, input = '' }: RunOptions = {}): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(program, parameters, { ...user, cwd: REACHABLE_BY_ALL, env: PLAIN_ENVIRONMENT });
    let output = '';
    const collect = (chunk: Buffer) => (output += chunk.toString());
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.stdin.on('error', () => undefined).end(input);
    child.on('error', (error) => resolve({ code: null, output: error.message }));
    child.on('close', (code) => resolve({ code, output: output.trim() }));
  });
}
