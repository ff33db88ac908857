import pg from 'pg';
import { BULLMQ_SCHEMA } from '../queue/backend.js';

/** What whoever changes the schema may do to them, and the platform's processes may not: triggers write them. */
const KEPT_BY_TRIGGERS = ['audit_entries', 'audit_heads'];
/** Rows that are only added. */
const ONLY_ADDED = ['token_revocations'];

/** $1 a user. Whether it owns things here, or could make itself the owner. */
const ROLE = `
  SELECT rolsuper OR rolcreaterole OR rolreplication OR pg_has_role(oid, current_user, 'MEMBER') AS "mayBeMore"
  FROM pg_roles WHERE rolname = $1`;

/** $1 another schema. Those of others cannot be granted, and belong to whom they would be granted to. */
const OWN_SEQUENCES = `
  SELECT oid::regclass::text AS name FROM pg_class
  WHERE relkind = 'S' AND relowner = (SELECT oid FROM pg_roles WHERE rolname = current_user)
    AND relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname IN (current_schema(), $1))`;

/**
 * Lets the user of `appUrl` use the database, and no more: read and write rows, but change no schema, no trigger and no
 * entry of the audit. Makes that user, or gives it the URL's password. `client` belongs to the schema's owner. Throws an
 * Error for people where that user may do more.
 */
export async function grantUse(client: pg.Client, appUrl: string): Promise<void> {
  // Read as whoever connects by it reads it.
  const { user = '', password } = new pg.Client({ connectionString: appUrl });
  const { rows: roles } = await client.query<{ mayBeMore: boolean }>(ROLE, [user]);
  if (roles[0]?.mayBeMore) throw new Error('DATABASE_APP_URL: its user owns the schema, or may do more than use it');
  if (!password) throw new Error('DATABASE_APP_URL: must have a password');
  const role = pg.escapeIdentifier(user);
  const secret = pg.escapeLiteral(password);
  const { rows } = await client.query<{ own: string }>('SELECT quote_ident(current_schema()) AS own');
  const { own } = rows[0]!;
  const sequences = await client.query<{ name: string }>(OWN_SEQUENCES, [BULLMQ_SCHEMA]);
  const statements = [
    `${roles.length === 0 ? 'CREATE' : 'ALTER'} ROLE ${role} LOGIN PASSWORD ${secret}`,
    // Before PostgreSQL 15 everybody may make tables there. No more than a warning where the schema is another's.
    `REVOKE CREATE ON SCHEMA ${own} FROM PUBLIC`,
    ...[own, BULLMQ_SCHEMA].flatMap((schema) => [
      `REVOKE ALL ON ALL TABLES IN SCHEMA ${schema} FROM ${role}`,
      `GRANT USAGE ON SCHEMA ${schema} TO ${role}`,
      `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${role}`,
    ]),
    // BullMQ makes a sequence for each queue when it is first used.
    `GRANT CREATE ON SCHEMA ${BULLMQ_SCHEMA} TO ${role}`,
    ...sequences.rows.map(({ name }) => `GRANT USAGE ON SEQUENCE ${name} TO ${role}`),
    `REVOKE INSERT, UPDATE, DELETE ON ${['schema_migrations', ...KEPT_BY_TRIGGERS].join()} FROM ${role}`,
    `REVOKE UPDATE, DELETE ON ${ONLY_ADDED.join()} FROM ${role}`,
  ];
  await client.query(`BEGIN; ${statements.join('; ')}; COMMIT`);
}
