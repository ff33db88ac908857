import type { MigrationInterface, QueryRunner } from 'typeorm';
import { RECORD_JOB_EVENT } from './1796000000000-recovery.js';

const TABLES = [
  // Sorts by time, by the database's clock: a UUIDv7 (RFC 9562) without its dashes.
  `CREATE FUNCTION new_alert_id() RETURNS text LANGUAGE sql VOLATILE AS $$
    SELECT 'alert_' || lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0')
      || '7' || substr(replace(gen_random_uuid()::text, '-', ''), 14)
  $$`,
  `CREATE TABLE alerts (
    id text NOT NULL DEFAULT new_alert_id(),
    tenant_id text NOT NULL,
    job_id text NOT NULL,
    rule text NOT NULL,
    kind text NOT NULL,
    state text NOT NULL DEFAULT 'firing',
    action text NOT NULL DEFAULT 'notify',
    occurrence text NOT NULL,
    attempt integer NOT NULL,
    epoch integer NOT NULL,
    detail text NOT NULL,
    observed double precision,
    bound double precision,
    fired_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    acknowledged_at timestamptz,
    acknowledged_by text,
    note text,
    resolved_at timestamptz,
    resolved_epoch integer,
    resolution text,
    CONSTRAINT alerts_state_check CHECK (state IN ('firing', 'acknowledged', 'resolved')),
    CONSTRAINT alerts_action_check CHECK (action IN ('notify', 'pause', 'cancel')),
    CONSTRAINT alerts_resolution_check CHECK ((state = 'resolved') = (resolution IS NOT NULL)),
    CONSTRAINT alerts_pkey PRIMARY KEY (id)
  )`,
  `ALTER TABLE alerts
    ADD CONSTRAINT alerts_job_fkey FOREIGN KEY (job_id) REFERENCES training_jobs(id) ON DELETE CASCADE`,
  'CREATE UNIQUE INDEX alerts_once ON alerts (job_id, rule, occurrence)',
  'CREATE UNIQUE INDEX alerts_page ON alerts (tenant_id, id)',
  'CREATE INDEX alerts_by_state ON alerts (tenant_id, state, id)',
  'CREATE INDEX alerts_of_job ON alerts (job_id, id)',
  `CREATE TABLE alert_changes (
    job_id text NOT NULL,
    number integer NOT NULL,
    tenant_id text NOT NULL,
    alert_id text NOT NULL,
    state text NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT alert_changes_pkey PRIMARY KEY (job_id, number)
  )`,
  `ALTER TABLE alert_changes
    ADD CONSTRAINT alert_changes_alert_fkey FOREIGN KEY (alert_id) REFERENCES alerts(id) ON DELETE CASCADE`,
  'CREATE INDEX alert_changes_of_alert ON alert_changes (alert_id)',
];

const TRIGGERS = [
  // Numbered under the job's row lock, which every change of an alert takes first.
  `CREATE FUNCTION record_alert_change() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    change integer;
  BEGIN
    UPDATE training_jobs SET alert_changes = alert_changes + 1 WHERE id = NEW.job_id
    RETURNING alert_changes INTO change;
    INSERT INTO alert_changes (job_id, number, tenant_id, alert_id, state)
    VALUES (NEW.job_id, change, NEW.tenant_id, NEW.id, NEW.state);
    PERFORM pg_notify('training_progress', NEW.job_id);
    RETURN NULL;
  END $$`,
  `CREATE TRIGGER alerts_raised AFTER INSERT ON alerts
    FOR EACH ROW EXECUTE FUNCTION record_alert_change()`,
  `CREATE TRIGGER alerts_changed AFTER UPDATE ON alerts
    FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION record_alert_change()`,
  // What the curve cannot show: an attempt that failed, a worker that fell silent, the end of a run.
  `CREATE FUNCTION alert_of_job() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    -- Its worker keeps it where it was declared lost, and not where it handed it back.
    is_lost boolean := NEW.phase = 'recovering' AND OLD.phase <> 'recovering' AND NEW.worker_id IS NOT NULL;
    has_failed boolean := is_lost OR NEW.failures > OLD.failures
      OR (NEW.status = 'failed' AND OLD.status = 'running');
    code text := CASE WHEN NEW.status = 'failed' THEN NEW.error_code ELSE NEW.last_error_code END;
    is_silent boolean := code IN ('worker_lost', 'progress_timeout');
    settings jsonb := coalesce(NEW.alert_settings, '{}');
    setting jsonb := settings -> CASE WHEN is_silent THEN 'stalledWorker' ELSE 'attemptFailed' END;
  BEGIN
    IF NEW.status IN ('completed', 'failed', 'cancelled') THEN
      UPDATE alerts SET state = 'resolved', resolution = 'job_ended', resolved_at = clock_timestamp(),
        resolved_epoch = NEW.current_epoch
      WHERE job_id = NEW.id AND state <> 'resolved';
    END IF;
    IF has_failed AND coalesce((settings ->> 'enabled')::boolean, true)
      AND coalesce((setting ->> 'enabled')::boolean, true) THEN
      INSERT INTO alerts (tenant_id, job_id, rule, kind, occurrence, attempt, epoch, detail)
      SELECT NEW.tenant_id, NEW.id, kind, kind, 'attempt ' || NEW.attempt || ' epoch ' || NEW.current_epoch,
        NEW.attempt, NEW.current_epoch,
        coalesce(CASE WHEN NEW.status = 'failed' THEN NEW.error ELSE NEW.last_error END, code, 'The attempt failed.')
      FROM (SELECT CASE WHEN is_silent THEN 'stalled_worker' ELSE 'attempt_failed' END AS kind) AS raised
      ON CONFLICT (job_id, rule, occurrence) DO NOTHING;
    END IF;
    RETURN NULL;
  END $$`,
  `CREATE TRIGGER training_jobs_alerts AFTER UPDATE ON training_jobs
    FOR EACH ROW WHEN (NEW.attempt > 0 AND (NEW.failures > OLD.failures OR OLD.status IS DISTINCT FROM NEW.status
      OR (NEW.phase = 'recovering' AND OLD.phase IS DISTINCT FROM NEW.phase)))
    EXECUTE FUNCTION alert_of_job()`,
];

/** The events' function as it was, and a word to whoever watches the job, or all jobs of its tenant. */
const TELLING = RECORD_JOB_EVENT.replace('CREATE FUNCTION', 'CREATE OR REPLACE FUNCTION').replace(
  'RETURN NEW;',
  `PERFORM pg_notify('training_progress', NEW.id);
    PERFORM pg_notify('job_events', NEW.tenant_id);
    RETURN NEW;`,
);

/** Live streams, degradation alerts, and how sure the time left is. */
export class Watching1799000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE training_jobs
      ADD COLUMN estimated_low bigint,
      ADD COLUMN estimated_high bigint,
      ADD COLUMN alert_settings jsonb,
      ADD COLUMN alert_changes integer NOT NULL DEFAULT 0`);
    await runner.query(`CREATE FUNCTION current_transaction_number() RETURNS bigint LANGUAGE sql VOLATILE AS
      'SELECT pg_current_xact_id()::text::bigint'`);
    // What happened before has no place in a stream.
    await runner.query('ALTER TABLE job_events ADD COLUMN transaction bigint NOT NULL DEFAULT 0');
    await runner.query(`ALTER TABLE job_events
      ALTER COLUMN transaction SET DEFAULT current_transaction_number()`);
    await runner.query('CREATE INDEX job_events_feed ON job_events (tenant_id, transaction, job_id, number)');
    for (const statement of [...TABLES, ...TRIGGERS, TELLING]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(RECORD_JOB_EVENT.replace('CREATE FUNCTION', 'CREATE OR REPLACE FUNCTION'));
    await runner.query('DROP TRIGGER training_jobs_alerts ON training_jobs');
    await runner.query('DROP FUNCTION alert_of_job()');
    await runner.query('DROP TABLE alert_changes');
    await runner.query('DROP TABLE alerts');
    await runner.query('DROP FUNCTION record_alert_change()');
    await runner.query('DROP FUNCTION new_alert_id()');
    await runner.query('DROP INDEX job_events_feed');
    await runner.query('ALTER TABLE job_events DROP COLUMN transaction');
    await runner.query('DROP FUNCTION current_transaction_number()');
    await runner.query(`ALTER TABLE training_jobs
      DROP COLUMN alert_changes, DROP COLUMN alert_settings, DROP COLUMN estimated_high, DROP COLUMN estimated_low`);
  }
}
