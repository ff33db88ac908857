import { Injectable } from '@nestjs/common';
import { Transactions } from '../../database/transactions.js';
import type { UnitOfWork } from '../../database/unit-of-work.js';
import type { Answer } from '../answer.js';
import { AnswersRepository } from './answers.repository.js';
import { REPLAYED } from './api-idempotency-key.js';
import type { Exchange } from './exchange.js';
import { IdempotencyKeyInFlightError } from './idempotency.errors.js';
import { keyedRequest, type KeyedRequest } from './keyed-request.js';

type Work<T> = (unit: UnitOfWork) => Promise<Answer<T>>;

/** Makes requests that create or start something safe to repeat, for clients that send an Idempotency-Key. */
@Injectable()
export class Idempotency {
  constructor(
    private readonly transactions: Transactions,
    private readonly answers: AnswersRepository,
  ) {}

  /**
   * Does the work in one transaction and answers with what it returns. With an Idempotency-Key that transaction stores
   * the answer too, and a repetition is answered from there. What the work throws is stored nowhere: the key stays
   * free. Throws InvalidIdempotencyKeyError, IdempotencyKeyReusedError or IdempotencyKeyInFlightError.
   */
  async once<T>({ request, reply }: Exchange, work: Work<T>): Promise<T> {
    const keyed = keyedRequest(request);
    const answer = await this.transactions.run((unit) => (keyed ? this.answer(unit, keyed, work) : work(unit)));
    void reply.status(answer.status);
    if (answer.location !== undefined) void reply.header('location', answer.location);
    if (answer.replayed) void reply.header(REPLAYED, 'true');
    return answer.body;
  }

  private async answer<T>(unit: UnitOfWork, request: KeyedRequest, work: Work<T>): Promise<Answer<T>> {
    const { transaction } = unit;
    const locked = await this.answers.tryLock(transaction, request);
    const stored = await this.answers.find<T>(transaction, request);
    if (stored) return stored;
    if (!locked) throw new IdempotencyKeyInFlightError();
    const answer = await work(unit);
    // Only the holder of the lock stores: an answer that is there all the same came from somebody who did not ask.
    if (!(await this.answers.store(transaction, request, answer))) throw new IdempotencyKeyInFlightError();
    return answer;
  }
}
