import fc from 'fast-check';
import { readEvents, type StreamEvent } from './event-stream.js';

const bytesOf = (text: string) => new TextEncoder().encode(text);

async function* cut(bytes: Uint8Array, cuts: number[]): AsyncGenerator<Uint8Array> {
  const ends = [...cuts.map((at) => at % (bytes.length + 1)), bytes.length].toSorted((a, b) => a - b);
  let start = 0;
  for (const end of ends) {
    yield bytes.subarray(start, end);
    start = end;
  }
}

async function read(text: string | Uint8Array, cuts: number[] = [], retries: number[] = []): Promise<StreamEvent[]> {
  const bytes = typeof text === 'string' ? bytesOf(text) : text;
  const events: StreamEvent[] = [];
  for await (const event of readEvents(cut(bytes, cuts), { onRetry: (ms) => retries.push(ms) })) events.push(event);
  return events;
}

describe('readEvents', () => {
  it.each<[string, string, StreamEvent[]]>([
    ['name, id and data', 'event: progress\nid: 7\ndata: {}\n\n', [{ name: 'progress', data: '{}', lastId: '7' }]],
    ['an event without a name', 'data: a\n\n', [message('a')]],
    ['several lines of data', 'data: a\ndata:b\ndata\ndata:  c\n\n', [message('a\nb\n\n c')]],
    ['CR, CRLF and LF', 'data: a\r\rdata: b\r\n\r\ndata: c\n\n', ['a', 'b', 'c'].map((data) => message(data))],
    ['comments', ': here\n\n:\ndata: a\n:there\n\n', [message('a')]],
    ['an id, which stays', 'id: 1\ndata: a\n\ndata: b\n\n', [message('a', '1'), message('b', '1')]],
    ['an empty id, which takes it back', 'id: 1\ndata: a\n\nid\ndata: b\n\n', [message('a', '1'), message('b')]],
    ['an id with NUL, which does not count', 'id: 1\nid: 2\0\ndata: a\n\n', [message('a', '1')]],
    ['of an event without data the id alone', 'event: a\nid: 1\n\ndata: b\n\n', [message('b', '1')]],
    ['an event with empty data', 'data\n\n', [message('')]],
    ['no field that is unknown', 'Data: a\n data: b\ndata: c\n\n', [message('c')]],
    ['no event that is cut off', 'data: a\n\nid: 2\ndata: b\n', [message('a')]],
    ['a byte order mark at the beginning', '\uFEFFdata: a\n\n', [message('a')]],
  ])('reads %s', async (_, text, events) => {
    expect(await read(text)).toEqual(events);
  });

  it('tells how long to wait, where that is a number', async () => {
    const retries: number[] = [];
    await read('retry: 1500\nretry: soon\nretry: -1\n\n', [], retries);
    expect(retries).toEqual([1500]);
  });

  it('reads the same from any chunks', async () => {
    const piece = fc.oneof(
      fc.constantFrom('\r', '\n', '\r\n', '\n\n', 'data:', 'data: ', 'id: ', 'event: ', ':', '\uFEFF', '\0', '€', '🦊'),
      fc.string({ unit: 'binary', maxLength: 4 }),
    );
    const property = fc.asyncProperty(fc.array(piece), fc.array(fc.nat()), async (pieces, cuts) => {
      const text = `${pieces.join('')}\n\ndata: last\n\n`;
      const bytes = bytesOf(text);
      const whole = await read(bytes);
      expect(whole.at(-1)!.data).toMatch(/last$/);
      expect(await read(bytes, cuts)).toEqual(whole);
      expect(await read(bytes, [...bytes.keys()])).toEqual(whole);
    });
    await fc.assert(property, { numRuns: 300 });
  });

  it('is the inverse of writing, whatever the line ends', async () => {
    const line = fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll(/[\r\n\0\uFEFF]/g, ''));
    const event = fc.record({ name: line.filter(Boolean), data: fc.array(line, { minLength: 1 }), id: line });
    const property = fc.asyncProperty(
      fc.array(event),
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.array(fc.nat()),
      async (events, end, cuts) => {
        const text = events
          .map(({ name, data, id }) => [`event: ${name}`, `id: ${id}`, ...data.map((part) => `data: ${part}`)])
          .map((lines) => `${[...lines, ''].join(end)}${end}`)
          .join('');
        const expected = events.map(({ name, data, id }) => ({ name, data: data.join('\n'), lastId: id }));
        expect(await read(text, cuts)).toEqual(expected);
      },
    );
    await fc.assert(property, { numRuns: 300 });
  });
});

function message(data: string, lastId = ''): StreamEvent {
  return { name: 'message', data, lastId };
}
