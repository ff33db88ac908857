import type pg from 'pg';
import type { Environment } from '../config/environment.js';
import { s3Settings } from '../config/s3-settings.js';
import { STORE_FOLDERS } from '../storage/open-stores.js';

/** What a restore writes into, for people; without what opens it. */
export function destination({ database, host, port }: pg.Client, environment: Environment): string[] {
  const settings = s3Settings(environment);
  const stores = settings
    ? [`bucket ${[settings.bucket, settings.prefix].filter(Boolean).join('/')} of ${settings.endpoint ?? 'Amazon S3'}`]
    : Object.values(STORE_FOLDERS).map((of) => `folder ${of(environment)}`);
  return [`database ${database} of ${host}:${port}`, ...stores].map((place) => `Into the ${place}`);
}
