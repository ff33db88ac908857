import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { Busboy, type BusboyHeaders, type BusboyInstance } from '@fastify/busboy';
import { MultipartMalformedError, type Room } from './upload.errors.js';

export interface MultipartFile {
  stream: Readable;
  name: string | undefined;
  /** Resolves when the form has ended as it should, with one file in it; else rejects as the stream did. */
  ended: Promise<void>;
}

/** Milliseconds in which a form has to end after its file, or after its last byte. */
const REST_MS = 10_000;

const LIMITS = { fields: 20, fieldSize: 65_536, parts: 30 };
/** Bytes of a form that are not its file: the fields, and heads and boundaries of the parts. */
export const MOST_BESIDE_FILE = 2_097_152;

/**
 * The one file of a form. Fields beside it are passed over. Throws MultipartMalformedError, and what `body` errs with; a
 * file that is larger than the room errs as that says.
 */
export async function multipartFile(
  body: Readable,
  headers: IncomingHttpHeaders,
  mediaType: string,
  room: Room,
): Promise<MultipartFile> {
  const form = openForm({ ...headers, 'content-type': mediaType }, room.bytes);
  let files = 0;
  let file: Readable | undefined;
  let rest: NodeJS.Timeout | undefined;
  let failure: Error | undefined;
  let limitRest = () => {};
  const ended = new Promise<void>((resolve, reject) => {
    const fail = (error: Error) => {
      failure ??= error;
      reject(error);
      file?.destroy(error);
      // Nothing takes the rest, and whoever sends it is to get to the answer.
      body.unpipe(form).resume();
    };
    limitRest = () => {
      rest ??= setTimeout(() => fail(new MultipartMalformedError('The form does not end after its file.')), REST_MS);
    };
    body.once('end', limitRest);
    form.on('error', () => fail(new MultipartMalformedError('The form ends before it is whole.')));
    body.on('error', (error) => {
      fail(error);
      form.destroy();
    });
    for (const limit of ['partsLimit', 'fieldsLimit'] as const) {
      form.on(limit, () => fail(new MultipartMalformedError('The form has too many parts.')));
    }
    form.once('finish', () => (files === 1 ? resolve() : reject(wrongCount(files))));
  });
  const first = new Promise<MultipartFile>((resolve) => {
    form.on('file', (_field, stream, name) => {
      files += 1;
      // Whoever reads it hears of it; it may err before anybody does.
      stream.on('error', () => {});
      if (files > 1) return void stream.resume();
      file = stream;
      // Of the same bytes as what it failed by.
      if (failure) stream.destroy(failure);
      stream.once('limit', () => fail(room.exceeded()));
      stream.once('end', limitRest);
      resolve({ stream, name: unescaped(name), ended });
    });
  });
  void ended.catch(() => {}).finally(() => clearTimeout(rest));
  body.pipe(form);
  return Promise.race([first, ended.then(() => first)]);
}

function wrongCount(files: number): MultipartMalformedError {
  return new MultipartMalformedError(files === 0 ? 'The form holds no file.' : 'The form holds more than one file.');
}

/** Browsers write these three in names so, and nothing else (WHATWG HTML, multipart form data). */
function unescaped(name: string | undefined): string | undefined {
  return name?.replaceAll('%22', '"').replaceAll('%0D', '\r').replaceAll('%0A', '\n');
}

function openForm(headers: IncomingHttpHeaders, fileSize: number): BusboyInstance {
  try {
    return new Busboy({ headers: headers as BusboyHeaders, limits: { ...LIMITS, fileSize } });
  } catch {
    throw new MultipartMalformedError('The Content-Type of a form must name its boundary.');
  }
}
