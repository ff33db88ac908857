import fc from 'fast-check';
import { afterPage, inOrder } from './in-order.js';
import type { News } from './news.js';

const START = { epoch: 0, event: 0, alert: 0, done: false };
/** Numbered rows with these times, one digit each. */
const rows = (times: string, numbered: 'epoch' | 'number') =>
  times.split('').map((at, index) => ({ [numbered]: index + 1, at })) as never[];
const news = (epochs: string, events: string, alerts: string): News => ({
  job: { currentEpoch: epochs.length, events: events.length, alertChanges: alerts.length } as News['job'],
  epochs: rows(epochs, 'epoch'),
  events: rows(events, 'number'),
  alerts: rows(alerts, 'number'),
});

/** Kind and number of each, and where the last leaves its reader. */
function told(of: News, limit = 100): string {
  const items = [...inOrder(of, START, limit)];
  const names = items.map(({ kind, row }) => kind[0]! + ('number' in row ? row.number : row.epoch));
  const { epoch, event, alert } = items.at(-1)?.position ?? START;
  return `${names.join(' ')} → ${epoch}-${event}-${alert}`;
}

describe('news of a job', () => {
  it('is told in the order of its times', () => {
    expect(told(news('246', '15', '3'))).toBe('p1 p1 a1 p2 p2 p3 → 3-2-1');
  });

  it('is told phase first, then epoch, then alert, where times are the same', () => {
    expect(told(news('1', '1', '1'))).toBe('p1 p1 a1 → 1-1-1');
  });

  it('keeps each sort in its own order, whatever clocks say', () => {
    expect(told(news('9123', '', '5'))).toBe('a1 p1 p2 p3 p4 → 4-0-1');
  });

  it('stops where a sort was cut off: what follows may come before the rest', () => {
    const all = news('1299', '1239', '');
    const page = { ...all, epochs: all.epochs.slice(0, 2), events: all.events.slice(0, 2) };
    expect(told(page, 2)).toBe('p1 p1 p2 → 1-2-0');
  });

  it('leaves its reader past epochs that were removed, and where it was told nothing at the end', () => {
    const all = news('12345678', '12', '');
    const gap = { ...all, epochs: [] };
    expect(afterPage(gap, START, START, 5)).toMatchObject({ epoch: 5, event: 0 });
    expect(afterPage(gap, { ...START, epoch: 5 }, { ...START, epoch: 5 }, 5)).toMatchObject({ epoch: 8 });
    const end = { ...START, epoch: 8 };
    expect(afterPage({ ...gap, events: [] }, end, end, 5)).toEqual({ epoch: 8, event: 2, alert: 0, done: false });
  });

  it('is complete and in order, however it is cut into pages', () => {
    const times = fc.string({ unit: fc.constantFrom('1', '2', '3', '5', '8', '9'), maxLength: 30 });
    fc.assert(
      fc.property(times, times, times, fc.integer({ min: 1, max: 5 }), (epochs, events, alerts, limit) => {
        const all = news(epochs, events, alerts);
        let position = START;
        const seen: string[] = [];
        for (;;) {
          const page = {
            ...all,
            epochs: all.epochs.slice(position.epoch, position.epoch + limit),
            events: all.events.slice(position.event).slice(0, limit),
            alerts: all.alerts.slice(position.alert).slice(0, limit),
          };
          const items = [...inOrder(page, position, limit)];
          if (items.length === 0) break;
          seen.push(...items.map(({ kind, row }) => `${kind} ${'number' in row ? row.number : row.epoch}`));
          ({ position } = items.at(-1)!);
        }
        expect(position).toEqual({ epoch: epochs.length, event: events.length, alert: alerts.length, done: false });
        expect(new Set(seen).size).toBe(epochs.length + events.length + alerts.length);
      }),
    );
  });
});
