import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tokens that are refused before they end. */
export class Revocations1801000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE token_revocations (
      id text NOT NULL,
      tenant_id text NOT NULL,
      subject text,
      reason text,
      actor text NOT NULL,
      at timestamptz NOT NULL DEFAULT clock_timestamp(),
      CONSTRAINT token_revocations_pkey PRIMARY KEY (id)
    )`);
    await runner.query('CREATE UNIQUE INDEX token_revocations_page ON token_revocations (tenant_id, id)');
    await runner.query('CREATE INDEX token_revocations_newest ON token_revocations (at)');
    await runner.query(`CREATE CONSTRAINT TRIGGER token_revocations_audit AFTER INSERT OR UPDATE OR DELETE ON token_revocations
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (current_setting('audit.author', true) <> '')
      EXECUTE FUNCTION record_audit('revocation', '{}')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE token_revocations');
  }
}
