import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { ObjectMissingError, type ObjectStore } from './object-store.js';

const MIB = 1_048_576;
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const tomorrow = () => new Date(Date.now() + 86_400_000);

export async function keysOf(store: ObjectStore, prefix = ''): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list(prefix)) keys.push(key);
  return keys.sort();
}

async function bytesOf(store: ObjectStore, ...[key, range]: Parameters<ObjectStore['read']>): Promise<Buffer> {
  return buffer(await store.read(key, range));
}

/** Chunks of 64 KiB, then whatever `end` does. */
async function* flow(bytes: Buffer, end: () => void | Promise<void> = () => {}): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += 65_536) {
    yield bytes.subarray(start, start + 65_536);
    await nextTurn();
  }
  await end();
}

const HOSTILE = [
  ...['', '/', '/a', 'a/', 'a//b', '.', '..', '../a', 'a/../b', 'a/..', '.a', 'a/.b', 'a/.b/c'],
  ...['a\\b', 'a b', 'a\0b', 'a\nb', 'é', 'a%2fb', 'C:a', 'a?b', 'a'.repeat(201), 'abcd/'.repeat(200) + 'e'],
].map((key) => [key.length > 20 ? `${key.slice(0, 20)}… (${key.length})` : key, key] as const);

/** What the platform relies on in every object store. `open` gives an empty one; each test has its own. */
export function describeObjectStoreContract(name: string, open: () => ObjectStore): void {
  describe(`${name} keeps the object store contract`, () => {
    let store: ObjectStore;
    let scratch: string;

    beforeEach(() => {
      store = open();
      scratch = mkdtempSync(path.join(tmpdir(), 'ai-training-scratch-'));
    });
    afterEach(() => {
      store.close();
      rmSync(scratch, { recursive: true, force: true });
    });

    const expectNothingLeft = async () => {
      expect(await keysOf(store)).toEqual([]);
      expect(await store.removeUnfinished(tomorrow())).toBe(0);
    };

    it('stores, gives back, measures, lists and removes', async () => {
      const bytes = Buffer.from('{"a":1}');
      const before = Date.now();
      expect(await store.put('m/job_1/attempt-1.json', bytes)).toEqual({
        key: 'm/job_1/attempt-1.json',
        size: 7,
        sha256: sha256(bytes),
      });
      expect(await bytesOf(store, 'm/job_1/attempt-1.json')).toEqual(bytes);
      expect(await store.size('m/job_1/attempt-1.json')).toBe(7);
      for await (const { key, changedAt } of store.list('')) {
        expect(key).toBe('m/job_1/attempt-1.json');
        // S3 tells whole seconds.
        expect(Math.abs(changedAt.getTime() - before)).toBeLessThan(60_000);
      }
      await store.remove('m/job_1/attempt-1.json');
      await store.remove('m/job_1/attempt-1.json');
      await expectNothingLeft();
    });

    it('lists by whole segments', async () => {
      for (const key of ['a/1', 'a/b/2', 'ab/3', '4']) await store.put(key, Buffer.from(key));
      expect(await keysOf(store)).toEqual(['4', 'a/1', 'a/b/2', 'ab/3']);
      expect(await keysOf(store, 'a')).toEqual(['a/1', 'a/b/2']);
      expect(await keysOf(store, 'a/b')).toEqual(['a/b/2']);
      expect(await keysOf(store, 'a/1')).toEqual([]);
      expect(await keysOf(store, 'c')).toEqual([]);
    });

    it('gives the bytes of a range, both ends included', async () => {
      await store.put('range', Buffer.from('0123456789'));
      expect(String(await bytesOf(store, 'range', { start: 0, end: 1 }))).toBe('01');
      expect(String(await bytesOf(store, 'range', { start: 9, end: 9 }))).toBe('9');
      expect(String(await bytesOf(store, 'range', { start: 3, end: 5 }))).toBe('345');
      expect(String(await bytesOf(store, 'range', { start: 8, end: 99 }))).toBe('89');
      await expect(store.read('range', { start: 10, end: 10 })).rejects.toThrow(RangeError);
    });

    it.each([
      ['bytes', new Uint8Array()],
      ['stream', Readable.from([])],
    ])('stores an empty object (%s)', async (_, nothing) => {
      expect(await store.put('empty', nothing)).toMatchObject({ size: 0, sha256: sha256(Buffer.alloc(0)) });
      expect(await store.size('empty')).toBe(0);
      expect(await bytesOf(store, 'empty')).toEqual(Buffer.alloc(0));
    });

    it('streams 30 MiB through unharmed', async () => {
      const bytes = randomBytes(30 * MIB);
      const stored = await store.put('large', Readable.from(flow(bytes)));
      expect(stored).toEqual({ key: 'large', size: bytes.length, sha256: sha256(bytes) });
      expect(await store.size('large')).toBe(bytes.length);
      expect(sha256(await bytesOf(store, 'large'))).toBe(stored.sha256);
      expect(sha256(await bytesOf(store, 'large', { start: 9 * MIB, end: 25 * MIB }))).toBe(
        sha256(bytes.subarray(9 * MIB, 25 * MIB + 1)),
      );
      await store.remove('large');
      await expectNothingLeft();
    });

    it.each([0, 1_000, 20 * MIB])('leaves nothing of a source that fails after %d bytes', async (length) => {
      const failure = new Error('the client went away');
      const source = Readable.from(
        flow(Buffer.alloc(length), () => {
          throw failure;
        }),
      );
      await expect(store.put('m/broken', source)).rejects.toBe(failure);
      await expectNothingLeft();
    });

    it('reports a source that failed before it was looked at', async () => {
      const failure = new Error('too late');
      const source = new Readable({ read: () => {} });
      const stored = store.put('m/broken', source);
      source.destroy(failure);
      await expect(stored).rejects.toBe(failure);
      await expectNothingLeft();
    });

    it.each([0, 1_000, 20 * MIB])('leaves nothing when it is told to stop after %d bytes', async (length) => {
      const reason = new Error('cancelled');
      const abort = new AbortController();
      const source = Readable.from(
        flow(Buffer.alloc(length), () => {
          abort.abort(reason);
          // A source that never ends by itself.
          return new Promise(() => {});
        }),
      );
      await expect(store.put('m/aborted', source, abort.signal)).rejects.toBe(reason);
      expect(source.destroyed).toBe(true);
      await expectNothingLeft();
    });

    it('stores nothing when it was told to stop before', async () => {
      const reason = new Error('cancelled');
      await expect(store.put('m/aborted', Buffer.from('x'), AbortSignal.abort(reason))).rejects.toBe(reason);
      await expectNothingLeft();
    });

    it('has names for what is missing', async () => {
      await store.put('a/b/c', Buffer.from('x'));
      for (const key of ['missing', 'a', 'a/b', 'a/b/c/d']) {
        expect(await store.size(key)).toBeNull();
        await expect(store.read(key)).rejects.toThrow(ObjectMissingError);
        await expect(store.read(key, { start: 0, end: 1 })).rejects.toThrow(ObjectMissingError);
        await expect(store.asFile(key, scratch)).rejects.toThrow(ObjectMissingError);
        await store.remove(key);
      }
      expect(await keysOf(store)).toEqual(['a/b/c']);
    });

    it('misses nothing but the object when it never had any', async () => {
      expect(await store.size('missing')).toBeNull();
      await expect(store.read('missing')).rejects.toThrow(ObjectMissingError);
      await expect(store.asFile('missing', scratch)).rejects.toThrow(ObjectMissingError);
      await store.remove('missing');
      await expectNothingLeft();
    });

    it('takes many puts at once, and removals between them', async () => {
      const numbers = Array.from({ length: 20 }, (_, number) => number);
      await Promise.all(
        numbers.map(async (number) => {
          await store.put(`f/g/short-${number}`, Buffer.from('x'));
          await Promise.all([
            store.remove(`f/g/short-${number}`),
            store.put(`f/g/kept-${number}`, Readable.from(flow(Buffer.alloc(100_000, number)))),
          ]);
        }),
      );
      expect(await keysOf(store, 'f')).toEqual(numbers.map((number) => `f/g/kept-${number}`).sort());
      for (const number of numbers) {
        expect((await bytesOf(store, `f/g/kept-${number}`)).equals(Buffer.alloc(100_000, number))).toBe(true);
      }
    });

    it('holds one of two objects whole when both are put under one key', async () => {
      const both = [Buffer.alloc(1_000, 'a'), Buffer.alloc(1_000, 'b')];
      await Promise.all(both.map((bytes) => store.put('same', bytes)));
      const stored = await bytesOf(store, 'same');
      expect(both.some((bytes) => bytes.equals(stored))).toBe(true);
    });

    it.each(HOSTILE)('refuses the key %j', async (_, key) => {
      await expect(store.put(key, Buffer.from('x'))).rejects.toThrow(TypeError);
      await expect(store.read(key)).rejects.toThrow(TypeError);
      await expect(store.size(key)).rejects.toThrow(TypeError);
      await expect(store.remove(key)).rejects.toThrow(TypeError);
      await expect(store.asFile(key, scratch)).rejects.toThrow(TypeError);
      if (key !== '') await expect(keysOf(store, key)).rejects.toThrow(TypeError);
    });

    it('gives a file for as long as it is needed', async () => {
      await store.put('d/data.csv', Buffer.from('a,b\n'));
      const [one, two] = await Promise.all([store.asFile('d/data.csv', scratch), store.asFile('d/data.csv', scratch)]);
      expect(path.isAbsolute(one.path)).toBe(true);
      await one.release();
      expect(readFileSync(two.path, 'utf8')).toBe('a,b\n');
      await two.release();
      expect(readdirSync(scratch)).toEqual([]);
      expect(await store.size('d/data.csv')).toBe(4);
    });

    it('leaves no file behind that nobody waits for any more', async () => {
      await store.put('d', Buffer.alloc(MIB));
      const reason = new Error('cancelled');
      const folder = path.join(scratch, 'not-there-yet');
      const file = await store.asFile('d', folder, AbortSignal.abort(reason)).catch((error: unknown) => error);
      // A store whose objects are files has nothing to wait for.
      if (file !== reason) await (file as { release(): Promise<void> }).release();
      expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([]);
    });
  });
}
