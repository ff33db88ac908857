import { text } from 'node:stream/consumers';
import { csvOf } from './history.csv.js';
import { Series } from './series.js';

const timestamp = new Date('2026-11-05T10:00:00.000Z');
const point = (epoch: number) => ({ epoch, loss: 0.5, accuracy: epoch === 1 ? null : 1e-7, attempt: 2, timestamp });

describe('a history as CSV', () => {
  it('has a header, a line an epoch, and an empty cell where nothing was measured', async () => {
    expect(await text(csvOf([Series.Loss, Series.Accuracy], [[point(1)], [point(2)]]))).toBe(
      [
        ...['epoch,loss,accuracy,attempt,timestamp', '1,0.5,,2,2026-11-05T10:00:00.000Z'],
        ...['2,0.5,1e-7,2,2026-11-05T10:00:00.000Z', ''],
      ].join('\r\n'),
    );
  });

  it('asks for the next piece when there is room, and for none once it is destroyed', async () => {
    let pieces = 0;
    let ended = false;
    async function* endless() {
      try {
        for (;;) yield Array.from({ length: 2_000 }, () => point(++pieces));
      } finally {
        ended = true;
      }
    }
    const stream = csvOf([Series.Loss], endless());
    const chunks = stream[Symbol.asyncIterator]();
    for (let read = 0; read < 5; read++) await chunks.next();
    await new Promise((resolve) => setImmediate(resolve));
    const asked = pieces / 2_000;
    expect(asked).toBeGreaterThanOrEqual(4);
    expect(asked).toBeLessThanOrEqual(7);
    await chunks.return?.();
    await new Promise((resolve) => setImmediate(resolve));
    expect([stream.destroyed, ended, pieces / 2_000 - asked]).toEqual([true, true, 0]);
  });
});
