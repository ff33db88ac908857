import { DomainError } from '../../errors/domain.error.js';
import { IdPipe } from './id.pipe.js';

class NotFound extends DomainError {
  constructor(id: string) {
    super('not_found', 'thing_not_found', id);
  }
}

const pipe = new IdPipe(NotFound);

describe('an id in a path', () => {
  it('passes when it can be one', () => {
    expect(pipe.transform('job_019363f2a0c07d4f8b1e5a6c9d2e3f40')).toBe('job_019363f2a0c07d4f8b1e5a6c9d2e3f40');
  });

  it.each(['', 'a b', 'a\u0000', '../x', 'é', 'a'.repeat(129)])('is not found as %p', (id) => {
    expect(() => pipe.transform(id)).toThrow(NotFound);
  });
});
