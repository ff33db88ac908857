import { trace } from '@opentelemetry/api';
import { readTraceParent, traceIdIn, traceParentOf } from './trace-parent.js';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const SPAN = 'b7ad6b7169203331';

describe('readTraceParent', () => {
  it.each([
    [`00-${TRACE}-${SPAN}-01`, 1],
    [`00-${TRACE}-${SPAN}-00`, 0],
    [`00-${TRACE}-${SPAN}-ff`, 1],
    [`01-${TRACE}-${SPAN}-01`, 1],
    [`01-${TRACE}-${SPAN}-03-more`, 1],
  ])('reads %s', (text, traceFlags) => {
    expect(readTraceParent(text)).toEqual({ traceId: TRACE, spanId: SPAN, traceFlags, isRemote: true });
  });

  it.each([
    [undefined],
    [null],
    [7],
    [['a', 'b']],
    [''],
    [TRACE],
    [`00-${TRACE}-${SPAN}`],
    [`00-${TRACE}-${SPAN}-1`],
    [`00-${TRACE}-${SPAN}-01-`],
    [`00-${TRACE}-${SPAN}-01-more`],
    [`ff-${TRACE}-${SPAN}-01`],
    [`0-${TRACE}-${SPAN}-01`],
    [`00-${TRACE.toUpperCase()}-${SPAN}-01`],
    [`00-${'0'.repeat(32)}-${SPAN}-01`],
    [`00-${TRACE}-${'0'.repeat(16)}-01`],
    [` 00-${TRACE}-${SPAN}-01`],
    [`00-${TRACE}-${SPAN}-01, 00-${TRACE}-${SPAN}-01`],
    [`01-${TRACE}-${SPAN}-01-${'x'.repeat(10_000)}`],
  ])('finds nothing in %j', (text) => {
    expect(readTraceParent(text)).toBeNull();
  });
});

it('is written as it is read', () => {
  for (const text of [`00-${TRACE}-${SPAN}-01`, `00-${TRACE}-${SPAN}-00`]) {
    expect(traceParentOf(trace.wrapSpanContext(readTraceParent(text)!))).toBe(text);
    expect(traceIdIn(text)).toBe(TRACE);
  }
});
