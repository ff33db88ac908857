import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import S3rver from 's3rver';
import { S3rverUploads } from './s3rver-uploads.js';

const BUCKET = 'ai-training-test';

/** A real S3-compatible server of a suite's own, in this process, on a free port. */
export class S3Server {
  private constructor(
    private readonly server: S3rver,
    private readonly folder: string,
    private readonly port: number,
  ) {}

  static async start(): Promise<S3Server> {
    const folder = mkdtempSync(path.join(tmpdir(), 'ai-training-s3-'));
    const server = new S3rver({
      address: '127.0.0.1',
      port: 0,
      silent: true,
      directory: folder,
      vhostBuckets: false,
      configureBuckets: [{ name: BUCKET }],
    });
    const uploads = new S3rverUploads(path.join(folder, BUCKET, '._S3rver_uploads'), BUCKET);
    server.middleware.unshift((context, next) => uploads.handle(context, next));
    const { port } = await server.run();
    return new S3Server(server, folder, port);
  }

  /** What a process of the platform needs to use it. */
  get environment(): Record<string, string> {
    return {
      S3_BUCKET: BUCKET,
      S3_ENDPOINT: `http://127.0.0.1:${this.port}`,
      S3_FORCE_PATH_STYLE: 'true',
      S3_ACCESS_KEY_ID: 'S3RVER',
      S3_SECRET_ACCESS_KEY: 'S3RVER',
    };
  }

  async stop(): Promise<void> {
    await this.server.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
