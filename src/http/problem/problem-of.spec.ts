import { HttpException, NotFoundException } from '@nestjs/common';
import { QueryRunnerAlreadyReleasedError, QueryRunnerProviderAlreadyReleasedError } from 'typeorm';
import { DomainError, type ErrorKind } from '../../errors/domain.error.js';
import { problemOf } from './problem-of.js';
import { INTERNAL_ERROR, problemTitle, problemType } from './problem.js';

const withCode = (message: string, code: string) => Object.assign(new Error(message), { code });

describe('problemOf', () => {
  it.each<[ErrorKind, number]>([
    ['invalid', 400],
    ['unauthorized', 401],
    ['forbidden', 403],
    ['not_found', 404],
    ['not_acceptable', 406],
    ['conflict', 409],
    ['too_large', 413],
    ['unprocessable', 422],
    ['too_many', 429],
    ['unavailable', 503],
  ])('answers %s with %d', (kind, status) => {
    const details = { currentStatus: 'running', allowed: ['failed'] };
    expect(problemOf(new DomainError(kind, 'some_code', 'A sentence.', details))).toEqual({
      status,
      code: 'some_code',
      detail: 'A sentence.',
      ...details,
    });
  });

  it('does not repeat what the framework says', () => {
    const problem = problemOf(new NotFoundException('Cannot GET /x?token=secret'));
    expect(problem).toMatchObject({ status: 404, code: 'route_not_found' });
    expect(problem.detail).not.toContain('secret');
  });

  it.each([
    ['FST_ERR_CTP_BODY_TOO_LARGE', 413, 'body_too_large'],
    ['FST_ERR_CTP_INVALID_MEDIA_TYPE', 415, 'unsupported_media_type'],
    ['FST_ERR_CTP_INVALID_CONTENT_LENGTH', 400, 'body_incomplete'],
    ['FST_ERR_ANYTHING_ELSE', 400, 'bad_request'],
  ])('knows %s', (fastifyCode, status, code) => {
    const cause = withCode('from the library', fastifyCode);
    expect(problemOf(new HttpException('from the library', status, { cause }))).toMatchObject({ status, code });
  });

  it('has a code for a status that nobody thought of', () => {
    expect(problemOf(new HttpException('', 418))).toMatchObject({ status: 418, code: 'http_418' });
  });

  it.each([
    withCode('connect ECONNREFUSED 127.0.0.1:5432', 'ECONNREFUSED'),
    withCode('terminating connection due to administrator command', '57P01'),
    withCode('terminating connection due to idle-in-transaction timeout', '25P03'),
    withCode('sorry, too many clients already', '53300'),
    new Error('Connection terminated unexpectedly'),
    new QueryRunnerAlreadyReleasedError(),
    new QueryRunnerProviderAlreadyReleasedError(),
    new Error('timeout exceeded when trying to connect'),
    Object.assign(new Error('QueryFailedError'), { driverError: withCode('x', '08006') }),
  ])('takes %p for a database that is away', (error) => {
    expect(problemOf(error)).toMatchObject({ status: 503, code: 'database_unavailable' });
  });

  it.each([
    new Error('secret'),
    withCode('duplicate key', '23505'),
    new TypeError('x is undefined'),
    'a text',
    undefined,
  ])('tells nothing of %p', (error) => {
    expect(problemOf(error)).toBe(INTERNAL_ERROR);
  });

  it('makes type and title of the code', () => {
    expect(problemType('job_not_found')).toBe('urn:ai-training:problem:job_not_found');
    expect(problemTitle('job_not_found')).toBe('Job not found');
  });
});
