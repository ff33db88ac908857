import type { MigrationInterface, QueryRunner } from 'typeorm';
import { AUDITED, auditTrigger } from './1800000000000-audit.js';

const DROP_TRIGGER = 'DROP TRIGGER training_jobs_audit ON training_jobs';

/** A job keeps the trace that it was started in. Nobody's doing: the audit passes it by. */
export class TraceContext1804000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE training_jobs ADD COLUMN trace_parent text');
    await runner.query(DROP_TRIGGER);
    await runner.query(auditTrigger('training_jobs', [...AUDITED.training_jobs, 'trace_parent']));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DROP_TRIGGER);
    await runner.query(auditTrigger('training_jobs', AUDITED.training_jobs));
    await runner.query('ALTER TABLE training_jobs DROP COLUMN trace_parent');
  }
}
