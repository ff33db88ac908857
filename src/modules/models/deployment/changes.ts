import { Injectable } from '@nestjs/common';
import type { UnitOfWork } from '../../../database/unit-of-work.js';
import { done } from '../../../http/answer.js';
import type { Exchange } from '../../../http/idempotency/exchange.js';
import { Idempotency } from '../../../http/idempotency/idempotency.js';
import { ModelFiles } from '../artefacts/model-files.js';
import { ModelVersionResponse } from '../dto/model-version.response.js';
import type { ModelVersion } from '../model-version.entity.js';
import type { Order } from './order.js';
import { FileNotReadError, ReadFiles } from './read-files.js';
import { Turns } from './turns.js';

/** How a request changes a version: in its model's turn, once for its key, and with no lock held while files are read. */
@Injectable()
export class Changes {
  constructor(
    private readonly turns: Turns,
    private readonly idempotency: Idempotency,
    private readonly files: ModelFiles,
  ) {}

  /** Ends: with each round one more of the model's versions has been read. */
  async make(
    exchange: Exchange,
    order: Order,
    change: (unit: UnitOfWork, read: ReadFiles) => Promise<ModelVersion>,
  ): Promise<ModelVersionResponse> {
    const read = new ReadFiles();
    const once = () =>
      this.idempotency.once(exchange, async (unit) => done(ModelVersionResponse.from(await change(unit, read))));
    for (;;) {
      try {
        return await this.turns.take(order, once);
      } catch (error) {
        if (!(error instanceof FileNotReadError)) throw error;
        read.add(error.file, await this.files.inspect(error.file));
      }
    }
  }
}
