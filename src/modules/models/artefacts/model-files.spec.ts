import { Readable } from 'node:stream';
import type { Pool } from 'pg';
import type { ObjectStore } from '../../../storage/object-store.js';
import { ModelFiles } from './model-files.js';

const filesIn = (read: () => Promise<Readable>) => new ModelFiles({ read } as unknown as ObjectStore, {} as Pool);
const filePath = 'm/job_1/attempt-1.json';

describe('the format of a model file', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it.each([
    ['does not answer', () => new Promise<Readable>(() => {})],
    ['falls silent', () => Promise.resolve(new Readable({ read: () => {} }))],
  ])('is not told when the store %s', async (_, read) => {
    const format = filesIn(read).format({ filePath });
    await jest.advanceTimersByTimeAsync(2_000);
    expect(await format).toBeNull();
  });
});
