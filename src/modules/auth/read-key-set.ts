import { open } from 'node:fs/promises';

export interface ReadingLimits {
  /** Of the answer or the file, after decompression. */
  bytes: number;
  /** Milliseconds from the request to the last byte; files are not timed. */
  timeoutMs: number;
}

export const READING_LIMITS: ReadingLimits = { bytes: 262_144, timeoutMs: 5_000 };

/** The JSON at a URL or in a file. Redirects are not followed. Throws an Error; its message holds nothing of the content. */
export async function readKeySet(location: URL | string, limits: ReadingLimits = READING_LIMITS): Promise<unknown> {
  const text = location instanceof URL ? await fetched(location, limits) : await readFrom(location, limits);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Error('it is no JSON');
  }
}

async function fetched(url: URL, { bytes, timeoutMs }: ReadingLimits): Promise<string> {
  const response = await fetch(url, {
    headers: { accept: 'application/jwk-set+json, application/json' },
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (response.status !== 200 || !response.body) {
    await response.body?.cancel();
    throw new Error(`it was answered with ${response.status}`);
  }
  return gathered(response.body, bytes);
}

async function readFrom(file: string, { bytes }: ReadingLimits): Promise<string> {
  const handle = await open(file);
  try {
    if (!(await handle.stat()).isFile()) throw new Error('it is no file');
    return await gathered(handle.createReadStream({ autoClose: false }), bytes);
  } finally {
    await handle.close();
  }
}

/** Leaving the loop ends the stream, and the request with it. */
async function gathered(stream: AsyncIterable<Uint8Array>, limit: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    length += chunk.byteLength;
    if (length > limit) throw new Error(`it is larger than ${limit} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
