import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { wholeFile } from './whole-file.js';

const refusal = () => Promise.resolve(new Error('changed'));
const pieces = ['one', 'two', 'three'].map((text) => Buffer.from(text));
const sha256Of = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const sha256 = sha256Of(Buffer.concat(pieces));
const source = (given: Buffer[]) => Readable.from(given, { objectMode: false });

test('gives all of what has the hash', async () => {
  expect((await buffer(await wholeFile(source(pieces), sha256, refusal))).toString()).toBe('onetwothree');
  expect(await buffer(await wholeFile(source([]), sha256Of(Buffer.alloc(0)), refusal))).toHaveLength(0);
});

test('holds back the last piece of anything else', async () => {
  const seen: string[] = [];
  const reading = (async () => {
    for await (const piece of await wholeFile(source([...pieces, Buffer.from('!')]), sha256, refusal)) {
      seen.push(String(piece));
    }
  })();
  await expect(reading).rejects.toThrow('changed');
  expect('onetwothree'.startsWith(seen.join(''))).toBe(true);
});

test('refuses what comes in one piece before it is a stream', async () => {
  await expect(wholeFile(source([Buffer.from('other')]), sha256, refusal)).rejects.toThrow('changed');
});

test('lets go of the source when it is given up, read or not', async () => {
  for (const begun of [true, false]) {
    const given = source(pieces);
    const stream = await wholeFile(given, sha256, refusal);
    if (begun) stream.read();
    stream.destroy();
    await new Promise((resolve) => stream.once('close', resolve));
    expect(given.destroyed).toBe(true);
  }
});

test('fails with its source', async () => {
  const failing = async function* () {
    yield pieces[0];
    yield pieces[1];
    throw new Error('the disk');
  };
  await expect(buffer(await wholeFile(Readable.from(failing()), sha256, refusal))).rejects.toThrow('the disk');
});
