import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Answer } from '../answer.js';
import { IdempotencyKeyReusedError } from './idempotency.errors.js';
import { FIND, STORE, TRY_LOCK } from './idempotency.statements.js';
import type { KeyedRequest } from './keyed-request.js';
import { lockNumber } from './lock-number.js';
import type { StoredAnswer } from './stored-answer.entity.js';

/** Stored answers, and the locks of those that are being made. */
@Injectable()
export class AnswersRepository {
  /** Whether the key is ours until the transaction ends; false while another request is at work with it. */
  async tryLock(transaction: EntityManager, { tenantId, key }: KeyedRequest): Promise<boolean> {
    const [row] = await transaction.query<{ locked: boolean }[]>(TRY_LOCK, [lockNumber(tenantId, key)]);
    return row!.locked;
  }

  /** What the same request was answered before, or null. Throws IdempotencyKeyReusedError. */
  async find<T>(transaction: EntityManager, request: KeyedRequest): Promise<Answer<T> | null> {
    const [row] = await transaction.query<StoredAnswer[]>(FIND, [request.tenantId, request.key]);
    if (!row) return null;
    if (row.fingerprint !== request.fingerprint) throw new IdempotencyKeyReusedError();
    return { status: row.status, location: row.location ?? undefined, body: JSON.parse(row.body) as T, replayed: true };
  }

  /** False: there is an answer already, and it was left as it is. */
  async store(transaction: EntityManager, request: KeyedRequest, answer: Answer<unknown>): Promise<boolean> {
    const { tenantId, key, fingerprint } = request;
    const { status, location = null, body } = answer;
    const values = [tenantId, key, fingerprint, status, location, JSON.stringify(body)];
    return (await transaction.query<unknown[]>(STORE, values)).length > 0;
  }
}
