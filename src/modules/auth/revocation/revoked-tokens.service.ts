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
 * database does not answer, it knows what it knew before.
 */
@Injectable()
export class RevokedTokensService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Revocations');
  private readonly revoked = new RevokedSince();
  private readonly listeners: (() => void)[] = [];
  private readonly toleranceSeconds: number;
  private readonly maxAgeSeconds: number;
  private newest = new Date(0);
  private timer: NodeJS.Timeout | undefined;
  private hasFailed = false;
  private isOver = false;

  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(ENVIRONMENT) environment: Environment,
  ) {
    this.toleranceSeconds = environment.JWT_CLOCK_TOLERANCE_SECONDS;
    const { JWT_MAX_AGE_SECONDS } = environment;
    this.maxAgeSeconds = JWT_MAX_AGE_SECONDS && JWT_MAX_AGE_SECONDS + 2 * this.toleranceSeconds;
  }

  /** Before the first request. */
  async onApplicationBootstrap(): Promise<void> {
    await this.look();
    this.lookLater();
  }

  onModuleDestroy(): void {
    this.isOver = true;
    clearTimeout(this.timer);
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
    const { rows } = await this.pool.query<Cut>({ ...NEW_REVOCATIONS, values: [this.newest, this.maxAgeSeconds] });
    this.learn(rows);
  }

  /** One look at a time, however long the database takes. */
  private lookLater(): void {
    if (!this.isOver) this.timer = setTimeout(() => void this.lookAgain(), LOOK_MS).unref();
  }

  private async lookAgain(): Promise<void> {
    try {
      await this.look();
      this.hasFailed = false;
    } catch (error) {
      const reason = (error as Error).message;
      if (!this.hasFailed) this.logger.warn({ msg: 'Revocations not looked for, trying again', reason });
      this.hasFailed = true;
    }
    this.lookLater();
  }
}
