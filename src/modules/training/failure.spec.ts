import { JobNotFoundError } from '../jobs/jobs.errors.js';
import { failureOf } from './failure.js';
import { PassingFailureError, TrainingFailedError } from './training.errors.js';

describe('failureOf', () => {
  it.each<[string, Error, string, boolean]>([
    ['what the engine gave up on', new TrainingFailedError('diverged', 'It diverged.'), 'diverged', false],
    ['what may pass', new PassingFailureError('disk_full', 'The disk is full.'), 'disk_full', true],
    ['what the platform refuses', new JobNotFoundError('job_1'), 'job_not_found', false],
    ['what nobody knows', new TypeError('x is not a function'), 'internal_error', true],
  ])('tells of %s', (_, error, code, mayPass) => {
    expect(failureOf(error)).toMatchObject({ code, mayPass });
  });

  it('keeps the text of an unknown error to the log', () => {
    expect(failureOf(new Error('password=hunter2')).message).not.toContain('hunter2');
  });
});
