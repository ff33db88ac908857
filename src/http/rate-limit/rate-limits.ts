import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import type { Principal } from '../principal.js';
import { networkOf } from '../request/client-address.js';
import { MemoryCounter } from './memory-counter.js';
import type { Counted, RatePolicy, Standing } from './policy.js';
import type { RateCounter } from './rate-counter.js';
import { rateHeaders, seconds } from './rate-headers.js';
import { RateLimitedError } from './rate-limit.errors.js';
import { RedisCounter } from './redis-counter.js';
import { SharingCounter } from './sharing-counter.js';

const MINUTE_MS = 60_000;

type Limits = Pick<Environment, 'RATE_LIMIT_PER_ADDRESS' | 'RATE_LIMIT_PER_USER' | 'RATE_LIMIT_EXPENSIVE'>;

/** How often an address and a user may ask. A limit of 0 is none. */
@Injectable()
export class RateLimits implements OnApplicationShutdown {
  private readonly policies: Readonly<Record<RatePolicy['name'], RatePolicy>>;
  private readonly counter: RateCounter;
  /** How it stands with the address, until the user is known. */
  private readonly before = new WeakMap<FastifyReply, Standing[]>();

  constructor(@Inject(ENVIRONMENT) environment: Environment) {
    this.policies = policiesOf(environment);
    const limits = Object.values(this.policies).some(({ quota }) => quota > 0);
    this.counter = limits ? counterOf(environment) : new MemoryCounter();
  }

  /** Counts a request for its address. Throws RateLimitedError. */
  async arrive(reply: FastifyReply, address: string): Promise<void> {
    await this.count(reply, [{ policy: this.policies.address, key: networkOf(address) }]);
  }

  /** Counts a request for its user. Throws RateLimitedError. */
  async ask(reply: FastifyReply, { tenant, sub }: Principal, isExpensive: boolean): Promise<void> {
    const key = JSON.stringify([tenant, sub]);
    const policies = [this.policies.user, ...(isExpensive ? [this.policies.expensive] : [])];
    await this.count(
      reply,
      policies.map((policy) => ({ policy, key })),
    );
  }

  onApplicationShutdown(): void {
    this.counter.close();
  }

  private async count(reply: FastifyReply, requests: readonly Counted[]): Promise<void> {
    const limited = requests.filter(({ policy }) => policy.quota > 0);
    if (limited.length === 0) return;
    const standings = [...(this.before.get(reply) ?? []), ...(await this.counter.count(limited))];
    this.before.set(reply, standings);
    void reply.headers(rateHeaders(standings));
    const refused = standings.filter(({ isAllowed }) => !isAllowed).toSorted((a, b) => b.waitMs - a.waitMs)[0];
    if (refused) throw new RateLimitedError(refused.policy, seconds(refused.waitMs));
  }
}

function policiesOf(limits: Limits): Record<RatePolicy['name'], RatePolicy> {
  return {
    address: { name: 'address', quota: limits.RATE_LIMIT_PER_ADDRESS, windowMs: MINUTE_MS },
    user: { name: 'user', quota: limits.RATE_LIMIT_PER_USER, windowMs: MINUTE_MS },
    expensive: { name: 'expensive', quota: limits.RATE_LIMIT_EXPENSIVE, windowMs: MINUTE_MS },
  };
}

function counterOf({ REDIS_URL, REDIS_PREFIX }: Environment): RateCounter {
  const own = new MemoryCounter();
  return REDIS_URL ? new SharingCounter(new RedisCounter(REDIS_URL, REDIS_PREFIX), own) : own;
}
