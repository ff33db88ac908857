import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import iconv from 'iconv-lite';
import type { TextFault } from './utf8.js';

/** What stands in UTF-8 for what could not be decoded. */
const REPLACEMENT = '\ufffd';

/** Writes `file` as UTF-8 to `copy`; returns what cannot be written so: the first such place. */
export async function transcode(file: string, copy: string, encoding: string): Promise<TextFault | null> {
  const out = await open(copy, 'w');
  let line = 1;
  try {
    for await (const text of decoded(file, encoding)) {
      const wrong = faultIn(text);
      if (wrong) return { code: wrong.code, row: line + lineEnds(text.slice(0, wrong.at)) };
      line += lineEnds(text);
      await out.writeFile(text);
    }
  } finally {
    await out.close();
  }
  return null;
}

async function* decoded(file: string, encoding: string): AsyncGenerator<string> {
  const decoder = iconv.getDecoder(encoding);
  let half = '';
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
    const text = half + decoder.write(chunk as Buffer);
    // A pair of surrogates, and a \r\n, must not come apart between two chunks.
    half = /[\ud800-\udbff\r]$/.test(text) ? text.at(-1)! : '';
    yield half ? text.slice(0, -1) : text;
  }
  // Some encodings end with a number, against the types.
  const end: unknown = decoder.end();
  yield half + (typeof end === 'string' ? end : '');
}

function faultIn(text: string): { code: TextFault['code']; at: number } | null {
  const nul = text.indexOf('\0');
  if (nul >= 0) return { code: 'not_text', at: nul };
  const lone = text.search(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/);
  const replaced = text.indexOf(REPLACEMENT);
  const at = [lone, replaced].filter((index) => index >= 0);
  return at.length === 0 ? null : { code: 'encoding_invalid', at: Math.min(...at) };
}

function lineEnds(text: string): number {
  return text.match(/\r\n|\r|\n/g)?.length ?? 0;
}
