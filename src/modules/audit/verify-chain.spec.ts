import { type ChainedEntry, firstBreak, hashOf } from './verify-chain.js';

/** A chain of that many entries, and its head. */
function chain(length: number) {
  const entries: ChainedEntry[] = [];
  for (let place = 1; place <= length; place += 1) {
    const previous = entries.at(-1)?.hash ?? '';
    const parts = [previous, 'acme', String(place), 'alice', null, '{"a": "ü"}'];
    entries.push({ number: String(place), previous, parts, hash: hashOf({ number: '', previous, hash: '', parts }) });
  }
  return entries;
}

async function* streamed(entries: ChainedEntry[]) {
  yield* entries;
}

const headOf = (entries: ChainedEntry[]) => entries.at(-1) ?? { number: '0', hash: '' };
const broken = (entries: ChainedEntry[], head = headOf(chain(5))) => firstBreak(streamed(entries), head);

describe('firstBreak', () => {
  it.each([0, 1, 5])('finds none in %i entries as they were written', async (length) => {
    expect(await firstBreak(streamed(chain(length)), headOf(chain(length)))).toBeNull();
  });

  it.each([0, 1, 2, 3, 4])('finds entry %i + 1 removed', async (place) => {
    expect(await broken(chain(5).toSpliced(place, 1))).toEqual({ number: String(place + 1), reason: 'removed' });
  });

  it.each([0, 1, 2, 3, 4])('finds entry %i + 1 altered', async (place) => {
    const entries = chain(5);
    entries[place] = { ...entries[place]!, parts: entries[place]!.parts.with(3, 'bob') };
    expect(await broken(entries)).toEqual({ number: String(place + 1), reason: 'altered' });
  });

  it('finds an entry that was written anew, hash and all, by the one after it', async () => {
    const entries = chain(5);
    const forged = { ...entries[2]!, parts: entries[2]!.parts.with(3, 'bob') };
    entries[2] = { ...forged, hash: hashOf(forged) };
    expect(await broken(entries)).toEqual({ number: '4', reason: 'not_bound' });
  });

  it('finds the last one written anew, and entries after the last, by the head', async () => {
    const entries = chain(5);
    const forged = { ...entries[4]!, parts: entries[4]!.parts.with(3, 'bob') };
    expect(await broken(entries.with(4, { ...forged, hash: hashOf(forged) }))).toEqual({
      number: '5',
      reason: 'not_the_last',
    });
    expect(await broken(chain(6))).toEqual({ number: '6', reason: 'not_the_last' });
  });

  it('finds an entry before the first', async () => {
    const [first] = chain(1);
    expect(await broken([{ ...first!, number: '-7' }, ...chain(5)])).toEqual({ number: '-7', reason: 'added' });
    expect(await broken([{ ...first!, number: '0' }, ...chain(5)])).toEqual({ number: '0', reason: 'added' });
  });

  it('finds a head that says less than there is', async () => {
    const entries = chain(5);
    expect(await broken(entries, { ...headOf(entries), number: '3' })).toEqual({ number: '5', reason: 'not_the_last' });
  });

  it('does not take a part for the next one', () => {
    const entry = (parts: (string | null)[]) => hashOf({ number: '', previous: '', hash: '', parts });
    expect(
      new Set(
        [
          ['ab', 'c'],
          ['a', 'bc'],
          ['ab,1:c', ''],
          ['ab', null],
          ['ab', '-'],
        ].map(entry),
      ).size,
    ).toBe(5);
  });
});
