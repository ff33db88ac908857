import type { Environment } from './environment.js';
import { SECRETS } from './secret-files.js';
import { schema } from './schema.js';

/**
 * The environment variables of a child process: this process's own, with the platform's exactly as in `environment`.
 * Secrets travel this way and never as arguments, which every user of the machine can read.
 */
export function childEnvironment(environment: Environment): NodeJS.ProcessEnv {
  const variables: NodeJS.ProcessEnv = { ...process.env };
  // Read already; a value beside its file is refused.
  for (const name of SECRETS) delete variables[`${name}_FILE`];
  for (const name of Object.keys(schema) as (keyof typeof schema)[]) {
    const value = environment[name];
    if (value === undefined) delete variables[name];
    else variables[name] = String(value);
  }
  return variables;
}

/** For processes that are to know nothing: no secret, no address. Where coverage is measured, theirs is as well. */
export function bareEnvironment(): NodeJS.ProcessEnv {
  const { NODE_V8_COVERAGE } = process.env;
  return NODE_V8_COVERAGE === undefined ? {} : { NODE_V8_COVERAGE };
}
