import { Global, Module } from '@nestjs/common';
import { AnswersRepository } from './idempotency/answers.repository.js';
import { Idempotency } from './idempotency/idempotency.js';
import { Pager } from './page/pager.js';

/** What controllers of every feature need. */
@Global()
@Module({ providers: [Pager, Idempotency, AnswersRepository], exports: [Pager, Idempotency] })
export class HttpModule {}
