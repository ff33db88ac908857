import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Pool } from 'pg';
import { ENVIRONMENT, type Environment } from '../../../config/environment.js';
import { POOL } from '../../../database/database.module.js';
import type { Principal } from '../../../http/principal.js';
import { NEW_REVOCATIONS } from './revocation.statements.js';
import { type Cut, RevokedSince } from './revoked-since.js';

/** Milliseconds after which every API process knows of a revocation at the latest. */
const LOOK_MS = 1_000;

/**
 * Which tokens were revoked, as this process knows it: asked with every request, and so kept in memory. While the
 * database does not answer, it knows what it knew before; whoever gets past it finds no database either.
 */
@Injectable()
export class RevokedTokensService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Revocations');
  private readonly revoked = new RevokedSince();
  private readonly listeners: (() => void)[] = [];
  private readonly toleranceSeconds: number;
  private newest = new Date(0);
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(ENVIRONMENT) environment: Environment,
  ) {
    this.toleranceSeconds = environment.JWT_CLOCK_TOLERANCE_SECONDS;
  }

  /** Before the first request. */
  async onApplicationBootstrap(): Promise<void> {
    await this.look();
    this.timer = setInterval(() => void this.lookAgain(), LOOK_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  covers(principal: Principal): boolean {
    return this.revoked.covers(principal, this.toleranceSeconds);
  }

  /** Calls back after more was revoked. */
  onRevoked(listener: () => void): void {
    this.listeners.push(listener);
  }

  learn(cuts: Cut[]): void {
    const isNews = cuts.map((cut) => this.revoked.add(cut)).includes(true);
    this.newest = cuts.reduce((last, { at }) => (at > last ? at : last), this.newest);
    if (isNews) for (const listener of this.listeners) listener();
  }

  private async look(): Promise<void> {
    const { rows } = await this.pool.query<Cut>({ ...NEW_REVOCATIONS, values: [this.newest] });
    this.learn(rows);
  }

  private async lookAgain(): Promise<void> {
    try {
      await this.look();
    } catch (error) {
      this.logger.warn({ msg: 'Revocations not looked for', reason: (error as Error).message });
    }
  }
}
