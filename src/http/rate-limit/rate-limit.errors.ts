import { DomainError } from '../../errors/domain.error.js';
import type { RatePolicy } from './policy.js';

export class RateLimitedError extends DomainError {
  constructor({ name, quota, windowMs }: RatePolicy, retryAfter: number) {
    super('too_many', 'rate_limited', `More than ${quota} requests in ${windowMs / 1_000} s (${name}).`, {
      retryAfter,
    });
  }
}
