import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Context } from 's3rver';

const XML = '<?xml version="1.0" encoding="UTF-8"?>';

/** The two requests about uploads in parts that s3rver lacks, over the files in which it keeps them. */
export class S3rverUploads {
  constructor(
    private readonly folder: string,
    private readonly bucket: string,
  ) {}

  async handle(context: Context, next: () => Promise<void>): Promise<void> {
    const { method, path: where, query } = context;
    if (method === 'GET' && where.split('/').filter(Boolean).join() === this.bucket && 'uploads' in query) {
      this.answer(context, 200, this.list(query));
    } else if (method === 'DELETE' && query.uploadId !== undefined) {
      this.abort(context, query.uploadId);
    } else {
      await next();
    }
  }

  private abort(context: Context, id: string): void {
    const upload = path.join(this.folder, id);
    if (!existsSync(upload)) return this.answer(context, 404, '<Error><Code>NoSuchUpload</Code></Error>');
    rmSync(upload, { recursive: true });
    context.status = 204;
  }

  /** A page holds one, so that paging is tried as well. */
  private list({ prefix = '', 'upload-id-marker': marker = '' }: Record<string, string>): string {
    const ids = existsSync(this.folder) ? readdirSync(this.folder).sort() : [];
    const uploads = ids.filter((id) => id > marker && this.keyOf(id).startsWith(prefix));
    const page = uploads.slice(0, 1).map((id) => {
      const begun = statSync(path.join(this.folder, id, 'key')).mtime.toISOString();
      const [key, upload] = [`<Key>${this.keyOf(id)}</Key>`, `<UploadId>${id}</UploadId>`];
      const markers = `<NextKeyMarker>${this.keyOf(id)}</NextKeyMarker><NextUploadIdMarker>${id}</NextUploadIdMarker>`;
      return `${markers}<Upload>${key}${upload}<Initiated>${begun}</Initiated></Upload>`;
    });
    const truncated = `<IsTruncated>${uploads.length > 1}</IsTruncated>`;
    return `<ListMultipartUploadsResult>${truncated}${page.join('')}</ListMultipartUploadsResult>`;
  }

  private keyOf(id: string): string {
    return readFileSync(path.join(this.folder, id, 'key'), 'utf8');
  }

  private answer(context: Context, status: number, xml: string): void {
    context.status = status;
    context.type = 'application/xml';
    context.body = XML + xml;
  }
}
