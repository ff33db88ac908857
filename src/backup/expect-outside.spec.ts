import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readEnvironment } from '../config/environment.js';
import { expectOutside } from './expect-outside.js';

describe('the folder of a backup', () => {
  let base: string;
  const looked = (folder: string) =>
    expectOutside(path.join(base, folder), readEnvironment({ DATA_DIR: path.join(base, 'data') }));

  beforeAll(() => {
    base = realpathSync(mkdtempSync(path.join(tmpdir(), 'outside-')));
    mkdirSync(path.join(base, 'data/artifacts'), { recursive: true });
    symlinkSync(path.join(base, 'data/artifacts'), path.join(base, 'link'));
    symlinkSync(path.join(base, 'data'), path.join(base, 'around'));
  });
  afterAll(() => rmSync(base, { recursive: true, force: true }));

  it.each(['backups/1', 'data', 'data/backup', 'data/artifacts-of-old', 'around/backup', '..x'])(
    'may be %s',
    async (folder) => expect(looked(folder)).resolves.toBeUndefined(),
  );

  it.each([
    ...['data/artifacts', 'data/artifacts/1/2', 'data/artifacts/..x', 'data/datasets/not/there/yet'],
    ...['link', 'link/1/2', 'around/artifacts/1', 'around/datasets/1'],
  ])('is none of the platform: %s', async (folder) =>
    expect(looked(folder)).rejects.toThrow('name a folder elsewhere'),
  );
});
