import type { MigrationInterface, QueryRunner } from 'typeorm';
import { RECORD_AUDIT } from './1800000000000-audit.js';

/** What a change took away or added alone has both sides, one of them empty: it is neither new nor gone. */
const WITH_BOTH_SIDES = RECORD_AUDIT.replace('CREATE FUNCTION', 'CREATE OR REPLACE FUNCTION').replace(
  '  entry.tenant_id :=',
  `  IF TG_OP = 'UPDATE' THEN
    entry.before := coalesce(entry.before, '{}');
    entry.after := coalesce(entry.after, '{}');
  END IF;
  entry.tenant_id :=`,
);

/**
 * Entries begin at 1, say of a changed thing that it is changed, and are written by the owner of the schema for whoever
 * changes a row: nobody else need be able to.
 */
export class AuditEntries1802000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(WITH_BOTH_SIDES);
    await runner.query('ALTER FUNCTION record_audit() SECURITY DEFINER SET search_path FROM CURRENT');
    await runner.query('ALTER TABLE audit_entries ADD CONSTRAINT audit_entries_number_check CHECK (number > 0)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE audit_entries DROP CONSTRAINT audit_entries_number_check');
    await runner.query('ALTER FUNCTION record_audit() SECURITY INVOKER RESET search_path');
    await runner.query(RECORD_AUDIT.replace('CREATE FUNCTION', 'CREATE OR REPLACE FUNCTION'));
  }
}
