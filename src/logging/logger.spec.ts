import { Writable } from 'node:stream';
import pino from 'pino';
import { PinoLogger } from './logger.js';
import { pinoOptions } from './pino.js';
import { withLogContext } from './request-context.js';

describe('logging', () => {
  let lines: Record<string, unknown>[];
  let logger: PinoLogger;

  beforeEach(() => {
    lines = [];
    const sink = new Writable({
      write(chunk: Buffer, _, done) {
        lines.push(JSON.parse(chunk.toString()) as Record<string, unknown>);
        done();
      },
    });
    logger = new PinoLogger(pino(pinoOptions('api', 'trace'), sink));
  });

  it('writes texts, objects and errors as one line each, with their context', () => {
    logger.log('Ready', 'Api');
    logger.warn({ msg: 'Slow', ms: 12 }, 'Database');
    logger.error(new Error('broken'), 'Recorder');
    logger.error('broken', 'the stack', 'Recorder');
    logger.fatal('the end');
    expect(lines).toMatchObject([
      { level: 'info', msg: 'Ready', context: 'Api', service: 'api' },
      { level: 'warn', msg: 'Slow', ms: 12, context: 'Database' },
      { level: 'error', msg: 'broken', err: { message: 'broken' }, context: 'Recorder' },
      { level: 'error', msg: 'broken', stack: 'the stack', context: 'Recorder' },
      { level: 'fatal', msg: 'the end' },
    ]);
  });

  it('carries the request id of whoever caused a line', () => {
    withLogContext({ requestId: 'r-1', jobId: 'job_1' }, () => logger.debug('Inside'));
    logger.verbose('Outside');
    expect(lines[0]).toMatchObject({ requestId: 'r-1', jobId: 'job_1', level: 'debug' });
    expect(lines[1]).not.toHaveProperty('requestId');
  });

  it('keeps secrets out', () => {
    logger.log({ msg: 'Odd', token: 'abc', user: { password: 'abc' }, authorization: 'Bearer abc' });
    expect(JSON.stringify(lines[0])).not.toContain('abc');
  });
});
