import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Holds the entries that there are to the rule of the migration before, while others write. */
export class AuditEntriesChecked1803000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE audit_entries VALIDATE CONSTRAINT audit_entries_number_check');
  }

  /** Nothing to take back: the rule goes with the migration before. */
  down(): Promise<void> {
    return Promise.resolve();
  }
}
