import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type FindOptionsWhere, In, LessThan } from 'typeorm';
import { newId } from '../../../database/id.js';
import { Transactions } from '../../../database/transactions.js';
import { type Slice, type SliceRequest, sliceOf } from '../../../http/page/slice.js';
import type { Principal } from '../../../http/principal.js';
import { Revocation } from './revocation.entity.js';
import { RevokedTokensService } from './revoked-tokens.service.js';

/** Shuts tokens out before they end. */
@Injectable()
export class RevocationsService {
  constructor(
    private readonly transactions: Transactions,
    @InjectDataSource() private readonly source: DataSource,
    private readonly revoked: RevokedTokensService,
  ) {}

  /** Every token of the subject that there is, null: of everyone in the tenant. Held here once it is answered. */
  async revoke({ tenant, sub }: Principal, subject: string | null, reason?: string): Promise<Revocation> {
    const revocation = await this.transactions.run(async ({ transaction }) => {
      const row = { id: newId('revocation'), tenantId: tenant, subject, reason: reason ?? null, actor: sub };
      await transaction.insert(Revocation, row);
      return transaction.findOneByOrFail(Revocation, { id: row.id });
    });
    this.revoked.learn([revocation]);
    return revocation;
  }

  /** Newest first. */
  async list(
    tenantId: string,
    subject: string[] | undefined,
    { limit, after }: SliceRequest,
  ): Promise<Slice<Revocation>> {
    const where: FindOptionsWhere<Revocation> = { tenantId };
    if (subject) where.subject = In(subject);
    if (after) where.id = LessThan(after);
    const rows = await this.source.getRepository(Revocation).find({ where, order: { id: 'DESC' }, take: limit + 1 });
    return sliceOf(rows, limit);
  }
}
