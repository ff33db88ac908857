import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The answers of requests with an Idempotency-Key. */
export class IdempotencyKeys1796100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE idempotency_keys (
      tenant_id text NOT NULL,
      key text NOT NULL,
      fingerprint text NOT NULL,
      status integer NOT NULL,
      location text,
      body text NOT NULL,
      created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      CONSTRAINT idempotency_keys_body_check CHECK (octet_length(body) <= 8388608),
      CONSTRAINT idempotency_keys_key_check CHECK (length(key) BETWEEN 1 AND 255),
      CONSTRAINT idempotency_keys_pkey PRIMARY KEY (tenant_id, key)
    )`);
    await runner.query('CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE idempotency_keys');
  }
}
