import type { MigrationInterface, QueryRunner } from 'typeorm';

const COLUMNS = [
  'priority integer NOT NULL DEFAULT 0',
  'enqueued_at timestamptz',
  'max_attempts integer NOT NULL DEFAULT 3',
  'max_duration_ms bigint',
  'deadline_at timestamptz',
  'last_error text',
  'last_error_code text',
  'retry_of text',
  'events integer NOT NULL DEFAULT 1',
];

/** Phases in which a job that was started waits for a worker. */
const IN_QUEUE = `phase IN ('queued', 'recovering', 'retry_wait')`;

/** Numbered under the job's row lock: events of a job have no gap and become visible in their order. */
export const RECORD_JOB_EVENT = `CREATE FUNCTION record_job_event() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF TG_OP = 'UPDATE' THEN
      NEW.events := OLD.events + 1;
    END IF;
    INSERT INTO job_events (job_id, number, tenant_id, status, phase, attempt, epoch, worker_id, reason, detail)
    VALUES (
      NEW.id, NEW.events, NEW.tenant_id, NEW.status, NEW.phase, NEW.attempt, NEW.current_epoch,
      CASE WHEN TG_OP = 'UPDATE' THEN coalesce(NEW.worker_id, OLD.worker_id) END,
      CASE
        WHEN NEW.status = 'failed' THEN NEW.error_code
        WHEN NEW.status = 'cancelled' OR NEW.phase = 'stopping' THEN 'cancel_requested'
        WHEN TG_OP = 'INSERT' THEN NULL
        WHEN NEW.failures > OLD.failures THEN NEW.last_error_code
        WHEN NEW.phase IN ('pausing', 'paused') THEN 'pause_requested'
        WHEN OLD.phase IN ('pausing', 'paused') THEN 'resume_requested'
        WHEN NEW.phase = 'recovering' THEN 'handed_back'
      END,
      CASE
        WHEN NEW.status = 'failed' THEN NEW.error
        WHEN TG_OP = 'UPDATE' AND NEW.failures > OLD.failures THEN NEW.last_error
      END
    );
    RETURN NEW;
  END $$`;

const UP = [
  `ALTER TABLE training_jobs ${COLUMNS.map((column) => `ADD COLUMN ${column}`).join(', ')}`,
  `ALTER TABLE training_jobs
    ADD CONSTRAINT training_jobs_max_attempts_check CHECK (max_attempts >= 1),
    ADD CONSTRAINT training_jobs_retry_fkey FOREIGN KEY (retry_of) REFERENCES training_jobs(id) ON DELETE SET NULL`,
  `UPDATE training_jobs SET enqueued_at = coalesce(queued_at, created_at) WHERE status IN ('pending', 'running')`,
  `CREATE INDEX training_jobs_in_queue ON training_jobs (priority, enqueued_at) WHERE ${IN_QUEUE}`,
  `CREATE INDEX training_jobs_retries ON training_jobs (retry_of) WHERE retry_of IS NOT NULL`,
  `CREATE TABLE job_events (
    job_id text NOT NULL,
    number integer NOT NULL,
    tenant_id text NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    status text NOT NULL,
    phase text NOT NULL,
    attempt integer NOT NULL,
    epoch integer NOT NULL,
    worker_id text,
    reason text,
    detail text,
    CONSTRAINT job_events_pkey PRIMARY KEY (job_id, number)
  )`,
  `ALTER TABLE job_events
    ADD CONSTRAINT job_events_job_fkey FOREIGN KEY (job_id) REFERENCES training_jobs(id) ON DELETE CASCADE`,
  RECORD_JOB_EVENT,
  `CREATE TRIGGER training_jobs_created AFTER INSERT ON training_jobs
    FOR EACH ROW EXECUTE FUNCTION record_job_event()`,
  // Reports inside a phase, most of all updates, pay for the comparison alone.
  `CREATE TRIGGER training_jobs_changed BEFORE UPDATE ON training_jobs
    FOR EACH ROW WHEN ((OLD.status, OLD.phase, OLD.attempt) IS DISTINCT FROM (NEW.status, NEW.phase, NEW.attempt))
    EXECUTE FUNCTION record_job_event()`,
];

const DOWN = [
  'DROP TRIGGER training_jobs_changed ON training_jobs',
  'DROP TRIGGER training_jobs_created ON training_jobs',
  'DROP FUNCTION record_job_event()',
  'DROP TABLE job_events',
  `ALTER TABLE training_jobs ${COLUMNS.map((column) => `DROP COLUMN ${column.split(' ')[0]}`).join(', ')}`,
];

/** Retries, pauses, deadlines, priorities, and what happened to a job and when. */
export class Recovery1796000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
