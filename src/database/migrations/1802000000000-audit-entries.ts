import type { MigrationInterface, QueryRunner } from 'typeorm';
import { RECORD_AUDIT as BEFORE } from './1800000000000-audit.js';

const RECORD_AUDIT = `CREATE OR REPLACE FUNCTION record_audit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  author jsonb := current_setting('audit.author')::jsonb;
  ignored text[] := TG_ARGV[1]::text[] || ARRAY['tenant_id'];
  was jsonb := '{}';
  is_now jsonb := '{}';
  whole jsonb;
  head audit_heads;
  entry audit_entries;
BEGIN
  IF TG_OP <> 'INSERT' THEN was := jsonb_strip_nulls(to_jsonb(OLD)); END IF;
  IF TG_OP <> 'DELETE' THEN is_now := jsonb_strip_nulls(to_jsonb(NEW)); END IF;
  whole := was || is_now;
  SELECT jsonb_object_agg(key, value) INTO entry.before FROM jsonb_each(was - ignored)
    WHERE is_now -> key IS DISTINCT FROM value;
  SELECT jsonb_object_agg(key, value) INTO entry.after FROM jsonb_each(is_now - ignored)
    WHERE was -> key IS DISTINCT FROM value;
  IF entry.before IS NULL AND entry.after IS NULL THEN RETURN NULL; END IF;
  -- What a change took away or added alone has both sides, one of them empty: it is neither new nor gone.
  IF TG_OP = 'UPDATE' THEN
    entry.before := coalesce(entry.before, '{}');
    entry.after := coalesce(entry.after, '{}');
  END IF;
  entry.tenant_id := whole ->> 'tenant_id';
  INSERT INTO audit_heads (tenant_id) VALUES (entry.tenant_id) ON CONFLICT DO NOTHING;
  SELECT * INTO head FROM audit_heads WHERE tenant_id = entry.tenant_id FOR UPDATE;
  entry.number := head.number + 1;
  entry.at := clock_timestamp();
  entry.actor := author ->> 'actor';
  entry.action := author ->> 'action';
  entry.resource := TG_ARGV[0];
  entry.resource_id := coalesce(whole ->> 'id', concat_ws('/', whole ->> 'model_id', whole ->> 'number'));
  entry.request_id := author ->> 'requestId';
  entry.address := author ->> 'address';
  entry.previous := head.hash;
  entry.hash := audit_hash(entry);
  INSERT INTO audit_entries SELECT entry.*;
  UPDATE audit_heads SET number = entry.number, hash = entry.hash WHERE tenant_id = entry.tenant_id;
  RETURN NULL;
END $$`;

/**
 * Run by the owner of the schema for whoever changes a row: nobody else need be able to write an entry. It finds tables
 * and functions in its own schema alone; were temporary ones looked for first, they could have the owner do anything.
 */
const FOR_OTHERS = `DO $$ BEGIN
  EXECUTE format('ALTER FUNCTION record_audit() SECURITY DEFINER SET search_path = %I, pg_temp', current_schema());
END $$`;

/** Entries begin at 1, and say of a changed thing that it is changed. */
export class AuditEntries1802000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(RECORD_AUDIT);
    await runner.query(FOR_OTHERS);
    // Triggers need no right to it; who has it can hang it on a table of their own, and forge entries.
    await runner.query('REVOKE EXECUTE ON FUNCTION record_audit() FROM PUBLIC');
    // Looked at in the next migration: both at once would keep everybody else from writing for as long as that takes.
    await runner.query(
      'ALTER TABLE audit_entries ADD CONSTRAINT audit_entries_number_check CHECK (number > 0) NOT VALID',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE audit_entries DROP CONSTRAINT audit_entries_number_check');
    await runner.query('GRANT EXECUTE ON FUNCTION record_audit() TO PUBLIC');
    await runner.query('ALTER FUNCTION record_audit() SECURITY INVOKER RESET search_path');
    await runner.query(BEFORE.replace('CREATE FUNCTION', 'CREATE OR REPLACE FUNCTION'));
  }
}
