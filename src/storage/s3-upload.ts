import type { S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import type { Tally } from './tally.js';

/** Bytes. S3 takes 10,000 parts: objects of up to 80 GiB. Two of them are in memory at once. */
const PART_BYTES = 8 * 1_048_576;
const PARTS_AT_ONCE = 2;

/**
 * In parts when it is longer than one. When the bytes fail, what was sent is removed before this rejects. To abort,
 * destroy `Body`: the upload's own `abort()` returns before that, and lets a last request go through.
 */
export async function upload(client: S3Client, params: { Bucket: string; Key: string; Body: Tally }): Promise<void> {
  await new Upload({ client, params, partSize: PART_BYTES, queueSize: PARTS_AT_ONCE }).done();
}
