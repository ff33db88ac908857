import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tables whose changes by people are on record: what a row is called there, and the columns that are nobody's doing. */
export const AUDITED = {
  training_datasets: [
    'dataset',
    ...['updated_at', 'generation', 'dispatch_at', 'attempt', 'worker_id', 'lease_expires_at', 'request_id'],
  ],
  training_jobs: [
    'job',
    ...['updated_at', 'generation', 'dispatch_at', 'claim_id', 'worker_id', 'lease_expires_at', 'request_id'],
    ...['progress', 'current_batch', 'loss', 'validation_loss', 'accuracy', 'learning_rate', 'reported_at'],
    ...['estimated_time_remaining', 'estimated_low', 'estimated_high', 'checkpoint', 'metrics', 'alert_changes'],
  ],
  models: ['model', 'updated_at'],
  model_versions: ['version', 'artefact_state', 'artefact_checked_at', 'artefact_claimed_at'],
  deployments: ['deployment'],
  alerts: ['alert'],
} satisfies Record<string, [kind: string, ...ignored: string[]]>;

const TABLES = [
  `CREATE TABLE audit_entries (
    tenant_id text NOT NULL,
    number bigint NOT NULL,
    at timestamptz NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    resource text NOT NULL,
    resource_id text NOT NULL,
    before jsonb,
    after jsonb,
    request_id text NOT NULL,
    address text NOT NULL,
    previous text NOT NULL,
    hash text NOT NULL,
    CONSTRAINT audit_entries_pkey PRIMARY KEY (tenant_id, number)
  )`,
  'CREATE INDEX audit_entries_of_resource ON audit_entries (tenant_id, resource_id, number)',
  'CREATE INDEX audit_entries_by_actor ON audit_entries (tenant_id, actor, number)',
  `CREATE TABLE audit_heads (
    tenant_id text NOT NULL,
    number bigint NOT NULL DEFAULT 0,
    hash text NOT NULL DEFAULT '',
    CONSTRAINT audit_heads_pkey PRIMARY KEY (tenant_id)
  )`,
];

/**
 * Runs when the transaction is about to commit: the chain is held for as long as writing to it takes, and by nobody
 * who still waits for another row.
 */
export const RECORD_AUDIT = `CREATE FUNCTION record_audit() RETURNS trigger LANGUAGE plpgsql AS $$
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

const FUNCTIONS = [
  // A text with its length in bytes before it: whatever is in it cannot pass for the next one.
  `CREATE FUNCTION audit_part(part text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(octet_length(part) || ':' || part, '-') || ','
  $$`,
  `CREATE FUNCTION audit_hash(e audit_entries) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to(
      audit_part(e.previous) || audit_part(e.tenant_id) || audit_part(e.number::text)
      || audit_part(to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
      || audit_part(e.actor) || audit_part(e.action) || audit_part(e.resource) || audit_part(e.resource_id)
      || audit_part(e.before::text) || audit_part(e.after::text) || audit_part(e.request_id) || audit_part(e.address),
      'UTF8')), 'hex')
  $$`,
  RECORD_AUDIT,
  `CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION 'Entries of the audit are neither changed nor removed';
  END $$`,
  `CREATE TRIGGER audit_entries_stay BEFORE UPDATE OR DELETE ON audit_entries
    FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()`,
  `CREATE TRIGGER audit_entries_all_stay BEFORE TRUNCATE ON audit_entries
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()`,
];

// Workers change rows on nobody's behalf: nothing is queued for them.
export const auditTrigger = (table: string, [kind, ...ignored]: readonly string[]) =>
  `CREATE CONSTRAINT TRIGGER ${table}_audit AFTER INSERT OR UPDATE OR DELETE ON ${table}
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (current_setting('audit.author', true) <> '') EXECUTE FUNCTION record_audit('${kind}', '{${ignored.join()}}')`;

const TRIGGERS = Object.entries(AUDITED).map(([table, columns]) => auditTrigger(table, columns));

/** Who changed what: written by triggers, in the transaction of the change, each entry bound to the one before. */
export class Audit1800000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...TABLES, ...FUNCTIONS, ...TRIGGERS]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of Object.keys(AUDITED)) await runner.query(`DROP TRIGGER ${table}_audit ON ${table}`);
    await runner.query('DROP FUNCTION record_audit()');
    await runner.query('DROP FUNCTION audit_hash(audit_entries)');
    await runner.query('DROP FUNCTION audit_part(text)');
    await runner.query('DROP TABLE audit_heads');
    await runner.query('DROP TABLE audit_entries');
    await runner.query('DROP FUNCTION refuse_audit_change()');
  }
}
