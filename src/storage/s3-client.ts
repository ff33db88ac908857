import { S3Client } from '@aws-sdk/client-s3';
import type { S3Settings } from '../config/s3-settings.js';

const CONNECTING_MS = 5_000;
/** Of silence on a connection: a limit on whole requests would fail parts on slow lines. */
const SILENCE_MS = 60_000;

export function s3Client({ endpoint, region, forcePathStyle, credentials }: S3Settings): S3Client {
  return new S3Client({
    region,
    forcePathStyle,
    ...(endpoint && { endpoint }),
    ...(credentials && { credentials }),
    requestHandler: { connectionTimeout: CONNECTING_MS, socketTimeout: SILENCE_MS },
    // Servers that are older than the SDK's newer checksums refuse or misread them.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
}
