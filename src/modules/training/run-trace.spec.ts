import { FakeTracer } from '../../tracing/fake-tracer.contract.js';
import { traceWith } from '../../tracing/spans.js';
import { RunTrace } from './run-trace.js';
import { StopRun } from './stop.js';
import { TrainingFailedError } from './training.errors.js';

const RUN = { id: 'job_1', attempt: 2, modelType: 'cnn', traceParent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` };

describe('RunTrace', () => {
  let tracer: FakeTracer;
  beforeEach(() => traceWith((tracer = new FakeTracer()).asTracer));
  afterEach(() => traceWith(undefined));

  it('is none where nothing is traced', () => {
    traceWith(undefined);
    expect(RunTrace.begin(RUN, 'worker_1')).toBeUndefined();
  });

  it('has a run, its epochs, and the write of each', async () => {
    const trace = RunTrace.begin(RUN, 'worker_1')!;
    for (const epoch of [1, 2]) {
      trace.engineAsked();
      trace.engineAsked();
      await trace.epoch(epoch, (span) => Promise.resolve(void span!.addEvent('sent')));
    }
    await trace.part('complete', () => Promise.resolve());
    trace.outcome('completed');
    trace.end();
    const id = (nth: number) => String(nth).padStart(16, '0');
    expect(tracer.made.map(({ name, parent, events }) => [name, parent, events])).toEqual([
      ['run', 'b'.repeat(16), []],
      ['epoch', id(1), []],
      ['write', id(2), ['sent']],
      ['epoch', id(1), []],
      ['write', id(4), ['sent']],
      ['complete', id(1), []],
    ]);
    expect(tracer.made.every(({ ended, failed }) => ended && !failed)).toBe(true);
    expect(tracer.made[0]!.attributes).toEqual({ 'ai_training.run.outcome': 'completed' });
  });

  it('tells a failure from a stop that was asked for', async () => {
    const trace = RunTrace.begin(RUN, 'worker_1')!;
    const failure = new TrainingFailedError('report_refused', 'secret');
    for (const error of [failure, new StopRun('paused')]) {
      await expect(trace.epoch(1, () => Promise.reject(error))).rejects.toBe(error);
    }
    const [, ...spans] = tracer.made;
    expect(spans.map(({ failed, attributes, ended }) => [failed, attributes, ended])).toEqual([
      [true, { 'error.type': 'report_refused' }, true],
      [true, { 'error.type': 'report_refused' }, true],
      [false, { 'ai_training.run.stopped': 'paused' }, true],
      [false, { 'ai_training.run.stopped': 'paused' }, true],
    ]);
  });
});
