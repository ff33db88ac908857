import { StoreUnavailableError } from './object-store.js';
import { unavailable } from './s3-failure.js';

const answer = (name: string, httpStatusCode: number) =>
  Object.assign(new Error(`${name} it is`), { name, $metadata: { httpStatusCode } });

describe('a failed request to S3', () => {
  it.each([
    [answer('NoSuchBucket', 404), 'The object store has no bucket models: see S3_BUCKET.'],
    [answer('AccessDenied', 403), 'The object store refuses access to the bucket models (AccessDenied).'],
    [answer('SlowDown', 503), 'The object store answered 503 (SlowDown): SlowDown it is'],
    [answer('PermanentRedirect', 301), 'The object store answered 301 (PermanentRedirect): PermanentRedirect it is'],
    [Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }), /cannot be reached: connect ECONN/],
    [new AggregateError([]), 'The object store cannot be reached: AggregateError'],
    [
      Object.assign(new Error('no profile'), { name: 'CredentialsProviderError' }),
      'No credentials for the object store: no profile',
    ],
  ])('says what is wrong: %s', (error, message) => {
    const failure = unavailable(error, 'models');
    expect(failure).toBeInstanceOf(StoreUnavailableError);
    expect(failure.cause).toBe(error);
    expect(failure.message).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
    expect(unavailable(failure, 'models')).toBe(failure);
  });
});
