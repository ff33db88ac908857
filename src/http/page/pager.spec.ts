import { readEnvironment } from '../../config/environment.js';
import { InvalidCursorError } from './page.errors.js';
import { Pager } from './pager.js';
import { sliceOf } from './slice.js';

const pager = new Pager(readEnvironment({ JWT_SECRET: 's'.repeat(32) }));
const scope = { list: 'jobs', tenant: 'default', filters: {} };
const rows = ['c', 'b', 'a'].map((id) => ({ id }));

describe('a pager', () => {
  it('leads from page to page and ends', () => {
    const first = pager.page(sliceOf(rows, 2), scope, (row) => row.id);
    expect(first).toEqual({ data: ['c', 'b'], nextCursor: expect.any(String), hasMore: true });
    expect(pager.request({ limit: 2, cursor: first.nextCursor! }, scope)).toEqual({ limit: 2, after: 'b' });
    expect(pager.page(sliceOf(rows.slice(2), 2), scope, (row) => row.id)).toEqual({ data: ['a'], hasMore: false });
  });

  it('leads by a key of the list itself, where it has one', () => {
    const slice = sliceOf(
      [{ id: 'c', rank: 0.1 }, ...rows],
      1,
      ({ id, rank }: { id: string; rank?: number }) => `${rank} ${id}`,
    );
    const { nextCursor } = pager.page(slice, scope, (row) => row.id);
    expect(pager.request({ limit: 1, cursor: nextCursor! }, scope).after).toBe('0.1 c');
  });

  it('begins without a cursor, and refuses one that it did not make', () => {
    expect(pager.request({ limit: 5 }, scope)).toEqual({ limit: 5, after: undefined });
    expect(() => pager.request({ limit: 5, cursor: 'made-up' }, scope)).toThrow(InvalidCursorError);
  });
});
