import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { announcedSha256 } from './content-digest.js';
import { safeFileName } from './file-name.js';
import { Metered } from './metered.js';
import { MOST_BESIDE_FILE, multipartFile } from './multipart-file.js';
import { mediaTypeOf } from './streamed-body.js';
import { ContentEncodingError, DigestMismatchError, type Room, UploadInterruptedError } from './upload.errors.js';

export interface UploadLimits extends Room {
  /** Milliseconds in which something has to arrive. */
  idleMs: number;
}

/** A file on its way in. Whoever takes it reads the stream to its end, then has it confirmed. */
export interface IncomingFile {
  /** Errs with the DomainError that tells why the file is not whole. */
  stream: Readable;
  /** As the sender calls it; safe to repeat. */
  name: string | undefined;
  /** Once the stream has ended: throws when the request did not end well, or not with what it announced. */
  confirm(): Promise<void>;
}

const FORM = /^multipart\/form-data\b/i;

/** The file that a request brings, as its whole body or in a form. Throws DomainErrors. */
export async function incomingFile(request: FastifyRequest, limits: UploadLimits): Promise<IncomingFile> {
  const { headers, raw } = request;
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') throw new ContentEncodingError();
  const mediaType = mediaTypeOf(request);
  const isForm = FORM.test(mediaType);
  const beside = isForm ? MOST_BESIDE_FILE : 0;
  if (Number(headers['content-length'] ?? 0) > limits.bytes + beside) throw limits.exceeded();
  const announced = announcedSha256(headers);
  const body = metered(raw, limits, beside);
  const check = () => {
    const sha256 = body.sha256();
    if (announced !== null && sha256 !== announced) throw new DigestMismatchError(sha256);
  };
  if (!isForm) {
    return { stream: body, name: nameIn(headers['content-disposition']), confirm: async () => check() };
  }
  const { stream, name, ended } = await multipartFile(body, headers, mediaType, limits);
  const confirm = async () => {
    await ended;
    check();
  };
  return { stream, name: safeFileName(name), confirm };
}

/** Not a pipeline: that would end the connection together with a body that is refused, and with it the answer. */
function metered(raw: IncomingMessage, { idleMs, ...room }: UploadLimits, beside: number): Metered {
  // Gone while its dataset was looked up.
  if (raw.destroyed && !raw.complete) throw new UploadInterruptedError();
  const body = new Metered(room, idleMs, beside);
  const interrupted = () => raw.complete || body.destroy(new UploadInterruptedError());
  raw.once('error', interrupted).once('close', interrupted);
  // Whoever reads it hears of it; it may err before anybody does.
  body.on('error', () => {});
  return raw.pipe(body);
}

function nameIn(disposition: string | undefined): string | undefined {
  return safeFileName(/filename="?([^";]*)"?/i.exec(disposition ?? '')?.[1]);
}
