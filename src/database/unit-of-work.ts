import type { EntityManager } from 'typeorm';

/** One transaction, and what is to follow its commit: logging that something happened, telling the queue. */
export class UnitOfWork {
  constructor(
    readonly transaction: EntityManager,
    private readonly tasks: (() => void)[],
  ) {}

  /** Not done when the transaction rolls back. The task must not throw: there is nothing left to undo. */
  afterCommit(task: () => void): void {
    this.tasks.push(task);
  }
}

/**
 * Thrown within a unit of work that another transaction has overtaken: what it read first is no longer so. It is rolled
 * back, which gives up its locks, and begun anew.
 */
export class OvertakenError extends Error {
  constructor() {
    super('Another transaction was faster');
    this.name = 'OvertakenError';
  }
}
