import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { LocalObjectStore } from './local-object-store.js';
import { describeObjectStoreContract, keysOf } from './object-store.contract.js';
import { ObjectMissingError, StoreUnavailableError } from './object-store.js';

const OLD = new Date('2026-01-01T00:00:00Z');
const TEMPORARY = '.0190a0b0-0000-7000-8000-000000000000.tmp';

describe('LocalObjectStore', () => {
  let folder: string;
  let root: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'ai-training-store-'));
    root = path.join(folder, 'not', 'there', 'yet');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const placed = (file: string, changedAt = new Date()) => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), 'x');
    utimesSync(path.join(root, file), changedAt, changedAt);
  };

  describeObjectStoreContract('LocalObjectStore', () => new LocalObjectStore(root));

  it('keeps an object in the file of its name, and no other file', async () => {
    const store = new LocalObjectStore(root);
    await store.put('a/b', Buffer.from('x'));
    expect(readdirSync(path.join(root, 'a'))).toEqual(['b']);
    expect((await store.asFile('a/b')).path).toBe(path.join(root, 'a', 'b'));
  });

  it('gives a single first byte', async () => {
    const store = new LocalObjectStore(root);
    await store.put('a', Buffer.from('0123'));
    expect(String(await buffer(await store.read('a', { start: 0, end: 0 })))).toBe('0');
  });

  it('removes the folders that an object leaves empty, but not its root', async () => {
    const store = new LocalObjectStore(root);
    await store.put('a/b/c', Buffer.from('x'));
    await store.put('a/d', Buffer.from('x'));
    await store.remove('a/b/c');
    expect(readdirSync(path.join(root, 'a'))).toEqual(['d']);
    await store.remove('a/d');
    expect(readdirSync(root)).toEqual([]);
  });

  it('passes by the files of others', async () => {
    for (const file of ['a/.hidden', '.snapshot/b', 'a/with blank', 'a/kept']) placed(file);
    expect(await keysOf(new LocalObjectStore(root))).toEqual(['a/kept']);
  });

  it('removes what killed processes left, and neither what is being written nor anything else', async () => {
    placed(`a/b/${TEMPORARY}`, OLD);
    placed(`c/${TEMPORARY}`);
    placed('c/.other.tmp', OLD);
    placed('c/object', OLD);
    const store = new LocalObjectStore(root);
    expect(await store.removeUnfinished(new Date(OLD.getTime() + 1))).toBe(1);
    expect(existsSync(path.join(root, 'a'))).toBe(false);
    expect(readdirSync(path.join(root, 'c')).sort()).toEqual(['.other.tmp', TEMPORARY, 'object'].sort());
  });

  it('says what the system said of a place that cannot be written to', async () => {
    writeFileSync(path.join(folder, 'file'), '');
    const store = new LocalObjectStore(path.join(folder, 'file', 'below'));
    await expect(store.put('a', Buffer.from('x'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  });

  const expectAway = async (store: LocalObjectStore, key: string) => {
    // One after the other: a second that failed while the first is waited for would be nobody's.
    for (const ask of [() => store.size(key), () => store.read(key), () => store.asFile(key)]) {
      await expect(ask()).rejects.toThrow(StoreUnavailableError);
    }
  };

  it('is away while its folder is, and does not make it again', async () => {
    const store = new LocalObjectStore(root);
    await store.put('a', Buffer.from('x'));
    renameSync(root, `${root}.away`);
    await expectAway(store, 'a');
    await expect(store.put('b', Buffer.from('x'))).rejects.toThrow(StoreUnavailableError);
    writeFileSync(root, 'a file in its place');
    await expectAway(store, 'a');
    rmSync(root);
    renameSync(`${root}.away`, root);
    expect(await store.size('a')).toBe(1);
    expect(await store.size('b')).toBeNull();
  });

  it('is away where its folder could not be made, until it can', async () => {
    writeFileSync(path.join(folder, 'not'), 'in the way');
    const store = new LocalObjectStore(root);
    await expectAway(store, 'a');
    rmSync(path.join(folder, 'not'));
    await store.put('a', Buffer.from('x'));
    expect(await store.size('a')).toBe(1);
  });

  it('is away where the system cannot tell what is there', async () => {
    const store = new LocalObjectStore(root);
    symlinkSync('loop', path.join(root, 'loop'));
    await expectAway(store, 'loop');
  });

  it('is away when the disk fails while it is read', async () => {
    const store = new LocalObjectStore(root);
    // A file whose first page cannot be read, for root either.
    symlinkSync('/proc/self/mem', path.join(root, 'a'));
    await expect(store.read('a').then(buffer)).rejects.toThrow(StoreUnavailableError);
  });

  it('waits for no pipe in the place of an object', async () => {
    const store = new LocalObjectStore(root);
    execFileSync('mkfifo', [path.join(root, 'a')]);
    expect(await store.size('a')).toBeNull();
    await expect(store.read('a')).rejects.toThrow(ObjectMissingError);
    await expect(store.asFile('a')).rejects.toThrow(ObjectMissingError);
  });
});
