import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { S3Settings } from '../config/s3-settings.js';
import { checkKey, checkPrefix, isObjectKey } from './object-key.js';
import {
  type ByteRange,
  type ListedObject,
  type LocalFile,
  ObjectMissingError,
  ObjectStore,
  type StoredObject,
  StoreUnavailableError,
} from './object-store.js';
import { s3Client } from './s3-client.js';
import { isNamed, statusOf, unavailable } from './s3-failure.js';
import { abortUnfinished } from './s3-unfinished.js';
import { upload } from './s3-upload.js';
import { tallied } from './tally.js';

/** Objects in a bucket of S3 or a server that speaks its protocol. */
export class S3ObjectStore extends ObjectStore {
  private readonly client: S3Client;
  private readonly bucket: string;
  /** Of every key: empty, or with a slash at its end. */
  private readonly prefix: string;

  constructor(settings: S3Settings) {
    super();
    this.client = s3Client(settings);
    this.bucket = settings.bucket;
    this.prefix = settings.prefix && `${settings.prefix}/`;
  }

  async put(key: string, source: Readable | Uint8Array, signal?: AbortSignal): Promise<StoredObject> {
    const place = this.place(key);
    const bytes = tallied(source, signal);
    try {
      await upload(this.client, { ...place, Body: bytes });
      signal?.throwIfAborted();
    } catch (error) {
      bytes.destroy();
      // With all bytes sent, the object may be there although the answer was lost or the abort came late.
      if (bytes.readableEnded) await this.remove(key).catch(() => {});
      signal?.throwIfAborted();
      // A part that fails ends the bytes as well, with an error that tells nothing.
      const ofSource = bytes.errored && !isNamed(bytes.errored, 'AbortError');
      throw ofSource ? bytes.errored : unavailable(error, this.bucket);
    }
    return { key, ...bytes.result() };
  }

  async read(key: string, range?: ByteRange): Promise<Readable> {
    return (await this.get(key, range)).body;
  }

  async size(key: string): Promise<number | null> {
    const place = this.place(key);
    try {
      return (await this.client.send(new HeadObjectCommand(place))).ContentLength ?? 0;
    } catch (error) {
      if (statusOf(error) !== 404) throw unavailable(error, this.bucket);
    }
    await this.expectBucket();
    return null;
  }

  async remove(key: string): Promise<void> {
    const place = this.place(key);
    await this.asking(() => this.client.send(new DeleteObjectCommand(place)));
  }

  async *list(prefix: string): AsyncGenerator<ListedObject> {
    checkPrefix(prefix);
    const below = this.prefix + (prefix && `${prefix}/`);
    const pages = paginateListObjectsV2({ client: this.client }, { Bucket: this.bucket, Prefix: below });
    for (;;) {
      const { value: page, done } = await this.asking(() => pages.next());
      if (done) return;
      for (const { Key = '', LastModified } of page.Contents ?? []) {
        const key = Key.slice(this.prefix.length);
        if (isObjectKey(key) && LastModified) yield { key, changedAt: LastModified };
      }
    }
  }

  async removeUnfinished(olderThan: Date): Promise<number> {
    const place = { Bucket: this.bucket, Prefix: this.prefix };
    return this.asking(() => abortUnfinished(this.client, place, olderThan));
  }

  async asFile(key: string, scratch: string, signal?: AbortSignal): Promise<LocalFile> {
    const file = path.resolve(scratch, `${randomUUID()}-${path.posix.basename(key)}`);
    const { body, size } = await this.get(key, undefined, signal);
    try {
      await mkdir(scratch, { recursive: true });
      await pipeline(body, createWriteStream(file, { flags: 'wx' }), { signal });
      const written = (await stat(file)).size;
      if (written !== size) throw new StoreUnavailableError(`Of ${key} came ${written} bytes of ${size}.`);
    } catch (error) {
      body.destroy();
      await rm(file, { force: true });
      signal?.throwIfAborted();
      throw error;
    }
    return { path: file, release: () => rm(file, { force: true }) };
  }

  close(): void {
    this.client.destroy();
  }

  private place(key: string): { Bucket: string; Key: string } {
    checkKey(key);
    return { Bucket: this.bucket, Key: this.prefix + key };
  }

  private async get(key: string, range?: ByteRange, signal?: AbortSignal): Promise<{ body: Readable; size: number }> {
    const command = new GetObjectCommand({
      ...this.place(key),
      Range: range && `bytes=${range.start}-${range.end}`,
    });
    try {
      const { Body, ContentLength = 0 } = await this.client.send(command, { abortSignal: signal });
      const body = this.guarded(Body as Readable);
      if (!range || ContentLength <= range.end - range.start + 1) return { body, size: ContentLength };
      body.destroy();
      throw new StoreUnavailableError('The object store ignores ranges: it sent more than was asked for.');
    } catch (error) {
      signal?.throwIfAborted();
      if (isNamed(error, 'NoSuchKey')) throw new ObjectMissingError(key);
      if (range && statusOf(error) === 416) throw new RangeError(`${key} ends before byte ${range.start}.`);
      throw unavailable(error, this.bucket);
    }
  }

  /** A connection that breaks while it is read is the store's failure as well. */
  private guarded(body: Readable): Readable {
    const guarded = new PassThrough();
    // It may break before the reader has begun; an error that nobody listens for ends the process.
    guarded.on('error', () => {});
    body.on('error', (error) => guarded.destroy(unavailable(error, this.bucket)));
    guarded.on('close', () => body.destroy());
    return body.pipe(guarded);
  }

  /** The answer to HEAD has no body, which alone tells a missing object from a missing bucket. */
  private async expectBucket(): Promise<void> {
    try {
      await this.client.send(new HeadBucketCommand({ Bucket: this.bucket }));
    } catch (error) {
      throw unavailable(statusOf(error) === 404 ? { name: 'NoSuchBucket' } : error, this.bucket);
    }
  }

  private async asking<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw unavailable(error, this.bucket);
    }
  }
}
