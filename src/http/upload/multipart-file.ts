import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { Busboy, type BusboyHeaders, type BusboyInstance } from '@fastify/busboy';
import { MultipartMalformedError } from './upload.errors.js';

export interface MultipartFile {
  stream: Readable;
  name: string | undefined;
  /** Resolves when the form has ended as it should, with one file in it; else rejects as the stream did. */
  ended: Promise<void>;
}

const LIMITS = { fields: 20, fieldSize: 65_536, parts: 30 };

/** The one file of a form. Fields beside it are passed over. Throws MultipartMalformedError, and what `body` errs with. */
export async function multipartFile(
  body: Readable,
  headers: IncomingHttpHeaders,
  mediaType: string,
): Promise<MultipartFile> {
  const form = openForm({ ...headers, 'content-type': mediaType });
  let files = 0;
  let file: Readable | undefined;
  const ended = new Promise<void>((resolve, reject) => {
    const fail = (error: Error) => {
      reject(error);
      file?.destroy(error);
    };
    form.on('error', () => fail(new MultipartMalformedError('The form ends before it is whole.')));
    body.on('error', (error) => {
      fail(error);
      form.destroy();
    });
    form.once('finish', () => (files === 1 ? resolve() : reject(wrongCount(files))));
  });
  const first = new Promise<MultipartFile>((resolve) => {
    form.on('file', (_field, stream, name) => {
      files += 1;
      // Whoever reads it hears of it; it may err before anybody does.
      stream.on('error', () => {});
      if (files > 1) return void stream.resume();
      file = stream;
      resolve({ stream, name: unescaped(name), ended });
    });
  });
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

function openForm(headers: IncomingHttpHeaders): BusboyInstance {
  try {
    return new Busboy({ headers: headers as BusboyHeaders, limits: LIMITS });
  } catch {
    throw new MultipartMalformedError('The Content-Type of a form must name its boundary.');
  }
}
