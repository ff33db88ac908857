import { DomainError } from '../../errors/domain.error.js';

export class RangeNotSatisfiableError extends DomainError {
  constructor(size: number) {
    super('unsatisfiable_range', 'range_not_satisfiable', `There are ${size} bytes; the range lies beyond them.`);
  }
}
