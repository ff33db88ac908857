import path from 'node:path';
import { cleanEnv, type CleanedEnv } from 'envalid';
import { unsafeInProduction } from './production.js';
import { secretFiles } from './secret-files.js';
import { schema } from './schema.js';

export type Environment = CleanedEnv<typeof schema>;

/** DI token of the parsed environment. */
export const ENVIRONMENT = Symbol('ENVIRONMENT');

/** Names every variable that is wrong, not only the first. */
export class InvalidEnvironmentError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The environment is not usable:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.name = 'InvalidEnvironmentError';
  }
}

/** Parses the environment once, at boot. Throws InvalidEnvironmentError. */
export function readEnvironment(variables: NodeJS.ProcessEnv = process.env): Environment {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value?.trim()));
  const files = secretFiles(set);
  // envalid takes a NODE_ENV that is not set for production's; here it means development, as the schema says.
  const clean = cleanEnv({ NODE_ENV: 'development', ...set, ...files.values }, schema, {
    reporter: ({ errors }) => {
      const wrong = Object.entries(errors).map(([name, error]) => `${name}: ${error.message}`);
      const problems = [...files.problems, ...wrong];
      if (problems.length > 0) throw new InvalidEnvironmentError(problems);
    },
  });
  const unsafe = unsafeInProduction(clean, variables);
  if (unsafe.length > 0) throw new InvalidEnvironmentError(unsafe);
  // A plain object: envalid's proxy throws at every name it does not know, which Nest's discovery asks for.
  return Object.freeze({ ...clean });
}

/** npm takes this flag for its own where the two dashes before it were forgotten; the script still hears of it. */
export function npmWasAskedForDryRun(variables: NodeJS.ProcessEnv = process.env): boolean {
  return variables.npm_config_dry_run === 'true';
}

/**
 * Where a connection stays the same from one transaction to the next, as a pooler's does not: to hear notifications, and
 * for the queue without Redis, which keeps tables of its own there.
 */
export function directDatabaseUrl(environment: Environment): string | undefined {
  return environment.DATABASE_DIRECT_URL ?? environment.DATABASE_URL;
}

/** The folder of the model files, absolute. Not used where S3_BUCKET is set; nor is the next one. */
export function artefactsFolder(environment: Environment): string {
  return path.resolve(environment.ARTIFACTS_DIR ?? path.join(environment.DATA_DIR, 'artifacts'));
}

/** The folder in which workers look at content, absolute. */
export function scratchFolder(environment: Environment): string {
  return path.resolve(environment.SCRATCH_DIR ?? path.join(environment.DATA_DIR, 'scratch'));
}

/** The folder of the datasets' contents, absolute. */
export function datasetsFolder(environment: Environment): string {
  return path.resolve(environment.DATASETS_DIR ?? path.join(environment.DATA_DIR, 'datasets'));
}
