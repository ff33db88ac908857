import { StoreUnavailableError } from './object-store.js';

/** As much of the AWS SDK's errors as tells them apart. Those without an answer have no status. */
interface S3Error {
  name?: string;
  message?: string;
  $metadata?: { httpStatusCode?: number };
}

export const statusOf = (error: unknown) => (error as S3Error).$metadata?.httpStatusCode;
export const isNamed = (error: unknown, ...names: string[]) => names.includes((error as S3Error).name ?? '');

/**
 * What a failed request means to callers. Whatever it is, they can do nothing about it but wait, and operators need to
 * be told which of their settings may be wrong.
 */
export function unavailable(error: unknown, bucket: string): StoreUnavailableError {
  return error instanceof StoreUnavailableError ? error : new StoreUnavailableError(reason(error, bucket), error);
}

function reason(error: unknown, bucket: string): string {
  const { name = 'Error', message = '' } = error as S3Error;
  const status = statusOf(error);
  if (isNamed(error, 'NoSuchBucket')) return `The object store has no bucket ${bucket}: see S3_BUCKET.`;
  if (isNamed(error, 'CredentialsProviderError')) return `No credentials for the object store: ${message}`;
  if (status === 401 || status === 403) return `The object store refuses access to the bucket ${bucket} (${name}).`;
  if (status === undefined) return `The object store cannot be reached: ${message || name}`;
  return `The object store answered ${status} (${name}): ${message}`;
}
