import { Global, Module } from '@nestjs/common';
import { AnswersRepository } from './idempotency/answers.repository.js';
import { Idempotency } from './idempotency/idempotency.js';
import { RateLimits } from './rate-limit/rate-limits.js';
import { Pager } from './page/pager.js';

/** What controllers of every feature need. */
@Global()
@Module({ providers: [Pager, Idempotency, AnswersRepository, RateLimits], exports: [Pager, Idempotency, RateLimits] })
export class HttpModule {}
