import { AsyncResource } from 'node:async_hooks';
import { Injectable } from '@nestjs/common';
import AsyncLock from 'async-lock';
import type { Order } from './order.js';

/**
 * One change of a model at a time in this process. The row's lock sees to that between processes; those who waited for
 * it would each have a connection of the pool in hand, and others none.
 */
@Injectable()
export class Turns {
  private readonly lock = new AsyncLock({ maxPending: Infinity });

  take<T>({ principal, modelId }: Pick<Order, 'principal' | 'modelId'>, work: () => Promise<T>): Promise<T> {
    // Whoever waited is woken by the one before, and would go on in that one's name.
    return this.lock.acquire(JSON.stringify([principal.tenant, modelId]), AsyncResource.bind(work));
  }
}
