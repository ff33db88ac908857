import { type Environment, InvalidEnvironmentError } from './environment.js';

const NEEDED = 'must be set too: S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY go together';

export interface S3Settings {
  bucket: string;
  /** Of every key, without a slash at its end; may be empty. */
  prefix: string;
  /** Absent: Amazon's, by region. */
  endpoint: string | undefined;
  region: string;
  /** The bucket in the path and not in the host name, as most servers other than Amazon's need it. */
  forcePathStyle: boolean;
  /** Absent: what the AWS SDK finds by itself (its own variables, profiles, the machine's role). */
  credentials: { accessKeyId: string; secretAccessKey: string } | undefined;
}

/** Where objects live in S3, or null where they live on disks. Throws InvalidEnvironmentError. */
export function s3Settings(environment: Environment): S3Settings | null {
  const { S3_BUCKET: bucket } = environment;
  if (bucket === undefined) return null;
  return {
    bucket,
    prefix: environment.S3_PREFIX,
    endpoint: environment.S3_ENDPOINT,
    region: environment.S3_REGION,
    forcePathStyle: environment.S3_FORCE_PATH_STYLE,
    credentials: credentials(environment),
  };
}

function credentials(environment: Environment): S3Settings['credentials'] {
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = environment;
  if (accessKeyId !== undefined && secretAccessKey !== undefined) return { accessKeyId, secretAccessKey };
  if (accessKeyId !== undefined) throw new InvalidEnvironmentError([`S3_SECRET_ACCESS_KEY: ${NEEDED}`]);
  if (secretAccessKey !== undefined) throw new InvalidEnvironmentError([`S3_ACCESS_KEY_ID: ${NEEDED}`]);
  return undefined;
}
