import {
  AbortMultipartUploadCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandOutput,
  type MultipartUpload,
  type S3Client,
} from '@aws-sdk/client-s3';
import { isNamed } from './s3-failure.js';

interface Place {
  Bucket: string;
  Prefix: string;
}

/** Aborts the uploads in parts that began before `olderThan`. Resolves with how many there were. */
export async function abortUnfinished(client: S3Client, place: Place, olderThan: Date): Promise<number> {
  let aborted = 0;
  for await (const { Key, UploadId, Initiated } of unfinished(client, place)) {
    if (!Initiated || Initiated >= olderThan) continue;
    await abort(client, { Bucket: place.Bucket, Key, UploadId });
    aborted += 1;
  }
  return aborted;
}

async function* unfinished(client: S3Client, place: Place): AsyncGenerator<MultipartUpload> {
  let from: { KeyMarker?: string; UploadIdMarker?: string } = {};
  for (;;) {
    const page: ListMultipartUploadsCommandOutput = await client.send(
      new ListMultipartUploadsCommand({ ...place, ...from }),
    );
    yield* page.Uploads ?? [];
    if (!page.IsTruncated) return;
    from = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker };
  }
}

async function abort(client: S3Client, upload: { Bucket: string; Key?: string; UploadId?: string }): Promise<void> {
  try {
    await client.send(new AbortMultipartUploadCommand({ Key: undefined, UploadId: undefined, ...upload }));
  } catch (error) {
    // It ended, or another process was quicker.
    if (!isNamed(error, 'NoSuchUpload')) throw error;
  }
}
