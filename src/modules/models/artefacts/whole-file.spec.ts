import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { wholeFile } from './whole-file.js';

const refusal = () => Promise.resolve(new Error('changed'));
const pieces = ['one', 'two', 'three'].map((text) => Buffer.from(text));
const sha256Of = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const wholeOf = (bytes: Buffer) => ({ size: bytes.byteLength, sha256: sha256Of(bytes) });
const whole = wholeOf(Buffer.concat(pieces));
const source = (given: Buffer[]) => Readable.from(given, { objectMode: false });

test('gives all of what has the hash', async () => {
  expect((await buffer(await wholeFile(source(pieces), whole, refusal))).toString()).toBe('onetwothree');
  expect(await buffer(await wholeFile(source([]), wholeOf(Buffer.alloc(0)), refusal))).toHaveLength(0);
});

test.each([
  ['was changed', ['one', 'two', 'there']],
  ['was cut short', ['one', 'two']],
  ['has grown by a piece', ['one', 'two', 'three', '!']],
  ['has grown within a piece', ['one', 'two', 'three!']],
  ['was changed and has grown', ['one', 'two', 'there', 'HTTP/1.1 200 OK', 'and more']],
])('holds back the last piece of what %s', async (_, changed) => {
  const given = source(changed.map((text) => Buffer.from(text)));
  const seen: string[] = [];
  const reading = (async () => {
    for await (const piece of await wholeFile(given, whole, refusal)) seen.push(String(piece));
  })();
  await expect(reading).rejects.toThrow('changed');
  expect('onetwo'.startsWith(seen.join(''))).toBe(true);
  expect(given.destroyed).toBe(true);
});

test('refuses what is longer than it may be before it has all of it', async () => {
  const endless = function* () {
    for (;;) yield Buffer.from('more');
  };
  await expect(buffer(await wholeFile(Readable.from(endless()), whole, refusal))).rejects.toThrow('changed');
});

test('refuses what comes in one piece before it is a stream', async () => {
  await expect(wholeFile(source([Buffer.from('other')]), whole, refusal)).rejects.toThrow('changed');
});

test('lets go of the source when it is given up, read or not', async () => {
  for (const begun of [true, false]) {
    const given = source(pieces);
    const stream = await wholeFile(given, whole, refusal);
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
  await expect(buffer(await wholeFile(Readable.from(failing()), whole, refusal))).rejects.toThrow('the disk');
});
