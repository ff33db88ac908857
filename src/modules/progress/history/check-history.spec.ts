import { ValidationFailedError } from '../../../http/validation/validation.errors.js';
import { checkQuery } from './check-history.js';

const jobIds = Array.from({ length: 20 }, (_, index) => `job_${index}`);

describe('a query of several histories', () => {
  it('may hold so many points of all jobs together', () => {
    expect(() => checkQuery({ jobIds }, 2_500)).not.toThrow();
    expect(() => checkQuery({ jobIds }, 2_501)).toThrow(ValidationFailedError);
    expect(() => checkQuery({ jobIds: jobIds.slice(0, 5) }, 10_000)).not.toThrow();
  });

  it('has a range that begins before it ends', () => {
    expect(() => checkQuery({ jobIds, fromEpoch: 5, toEpoch: 5 }, 10)).not.toThrow();
    expect(() => checkQuery({ jobIds, fromEpoch: 6, toEpoch: 5 }, 10)).toThrow(ValidationFailedError);
  });
});
