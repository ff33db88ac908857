import { SpanKind } from '@opentelemetry/api';
import { FakeTracer } from './fake-tracer.contract.js';
import { beginSpan, inSpan, isTracing, traceWith } from './spans.js';

const ELSEWHERE = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;

describe('spans', () => {
  let tracer: FakeTracer;
  beforeEach(() => traceWith((tracer = new FakeTracer()).asTracer));
  afterEach(() => traceWith(undefined));

  it('are none while nothing is traced', async () => {
    traceWith(undefined);
    expect([isTracing(), beginSpan('a', {})]).toEqual([false, undefined]);
    await expect(inSpan('b', {}, (span) => Promise.resolve([span]))).resolves.toEqual([undefined]);
    expect(tracer.made).toEqual([]);
  });

  it('belong to whom they name, and to nobody else', () => {
    const parent = beginSpan('root', { parent: null });
    beginSpan('child', { parent });
    beginSpan('of another process', { parent: ELSEWHERE, kind: 'consumer', since: 7 });
    beginSpan('of nobody', { parent: 'unreadable' });
    expect(tracer.made.map(({ parent: of }) => of)).toEqual([
      undefined,
      parent!.spanContext().spanId,
      'b'.repeat(16),
      undefined,
    ]);
    expect(tracer.made[2]!.options).toEqual({ kind: SpanKind.CONSUMER, attributes: {}, startTime: 7 });
  });

  it('end with their work, and tell of its failure without its words', async () => {
    await expect(inSpan('good', {}, () => Promise.resolve(7))).resolves.toBe(7);
    const refused = Object.assign(new Error('INSERT INTO … secret'), { code: '23505' });
    await expect(inSpan('bad', {}, () => Promise.reject(refused))).rejects.toBe(refused);
    await expect(inSpan('worse', {}, () => Promise.reject(new TypeError('x')))).rejects.toThrow('x');
    expect(tracer.made.map(({ failed, ended, attributes }) => [failed, ended, attributes])).toEqual([
      [false, true, {}],
      [true, true, { 'error.type': '23505' }],
      [true, true, { 'error.type': 'TypeError' }],
    ]);
  });
});
