import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { OvertakenError, UnitOfWork } from './unit-of-work.js';

/** Where units of work begin. Whatever is called within one must use its transaction, never a connection of its own. */
@Injectable()
export class Transactions {
  constructor(@InjectDataSource() private readonly source: DataSource) {}

  /** Commits when `work` is done, then runs its tasks. Rolls back and throws what `work` throws, but for OvertakenError. */
  async run<T>(work: (unit: UnitOfWork) => Promise<T>): Promise<T> {
    for (;;) {
      const tasks: (() => void)[] = [];
      try {
        const result = await this.source.transaction((transaction) => work(new UnitOfWork(transaction, tasks)));
        for (const task of tasks) task();
        return result;
      } catch (error) {
        if (!(error instanceof OvertakenError)) throw error;
      }
    }
  }
}
