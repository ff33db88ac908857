import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { migrate } from '../src/database/migrate.js';
import { type Client, testToken } from './support/client.js';
import { TestPlatform } from './support/platform.js';
import { trained, versionPath } from './support/registry.js';
import { createDataset } from './support/training.js';

const APP = `app_${randomBytes(4).toString('hex')}`;

describe('a user of the database that may change rows and no more', () => {
  let platform: TestPlatform;
  let client: Client;
  let appUrl: string;
  let app: pg.Client;

  beforeAll(async () => {
    platform = await TestPlatform.start({ apis: 0, workers: 0 });
    const url = new URL(platform.database.url);
    Object.assign(url, { username: APP, password: encodeURIComponent("it's a % secret") });
    appUrl = url.toString();
    await migrate(platform.database.url, { appUrl });
    [client] = await Promise.all([
      platform.addApi({ DATABASE_URL: appUrl }),
      // As docker-compose.yml runs it: it has no use for the secret.
      platform.addWorker({ DATABASE_URL: appUrl, NODE_ENV: 'production', JWT_SECRET: '' }),
    ]);
    app = new pg.Client({ connectionString: appUrl });
    await app.connect();
  });
  afterAll(async () => {
    await app.end();
    await platform.database.rows(`DROP OWNED BY ${APP}`);
    await platform.database.rows(`DROP ROLE ${APP}`);
    await platform.stop();
  });

  it('is enough for API and worker, from the dataset to the deployment, on record', async () => {
    await trained(client, 'served', 1);
    expect((await client.post(`${versionPath('served', '1.0.0')}/deploy`)).status).toBe(200);
    expect((await client.delete(`/datasets/${await createDataset(client)}`)).status).toBe(204);
    expect((await client.post('/revocations', { subject: 'nobody' })).status).toBe(201);
    expect((await client.as(testToken()).get('/health')).body).toMatchObject({ status: 'healthy' });
    const { body } = await client.get<{ data: { action: string }[] }>('/audit?limit=200');
    expect(body.data.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['models_deploy', 'datasets_delete', 'revocations_create']),
    );
  });

  it.each([
    'ALTER TABLE audit_entries DISABLE TRIGGER ALL',
    'SET session_replication_role = replica',
    'DELETE FROM audit_entries',
    `UPDATE audit_entries SET actor = 'nobody'`,
    'INSERT INTO audit_entries SELECT * FROM audit_entries',
    'UPDATE audit_heads SET number = 0',
    'TRUNCATE audit_entries',
    'DELETE FROM token_revocations',
    'DELETE FROM schema_migrations',
    'DROP TABLE training_jobs',
    'TRUNCATE training_jobs CASCADE',
    'DROP TRIGGER training_jobs_audit ON training_jobs',
    'CREATE TABLE mine (id int)',
    'CREATE SCHEMA mine',
    'CREATE TRIGGER forging AFTER UPDATE ON training_jobs FOR EACH ROW EXECUTE FUNCTION record_audit()',
    `CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'`,
  ])('may not %s', async (sql) => {
    await expect(app.query(sql)).rejects.toMatchObject({ code: '42501' });
  });

  it('has nobody look at tables of its own in place of the right ones', async () => {
    // BullMQ needs temporary tables.
    const forger = new pg.Client({ connectionString: appUrl });
    await forger.connect();
    await forger.query('CREATE TEMP TABLE audit_heads (tenant_id text PRIMARY KEY, number bigint, hash text)');
    await forger.query(
      `CREATE FUNCTION pg_temp.evil() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''Run''; END'`,
    );
    await forger.query('CREATE TRIGGER evil BEFORE INSERT ON audit_heads EXECUTE FUNCTION pg_temp.evil()');
    await forger.query('GRANT ALL ON audit_heads TO PUBLIC');
    const [{ before }] = (await platform.database.rows<{ before: string }>(
      'SELECT count(*) AS before FROM audit_entries',
    )) as [{ before: string }];
    await forger.query(`BEGIN;
      SELECT set_config('audit.author', '{"actor": "a", "action": "b", "requestId": "c", "address": "d"}', true);
      UPDATE models SET labels = '{"a": "b"}';
      COMMIT`);
    const [{ after }] = (await platform.database.rows<{ after: string }>(
      'SELECT count(*) AS after FROM audit_entries',
    )) as [{ after: string }];
    expect(Number(after) - Number(before)).toBe(1);
    await forger.end();
  });

  it('is given a new password by migrating again, and nothing else changes', async () => {
    const url = new URL(appUrl);
    url.password = 'another';
    await migrate(platform.database.url, { appUrl: url.toString() });
    const changed = new pg.Client({ connectionString: url.toString() });
    await changed.connect();
    await expect(changed.query('SELECT count(*) FROM training_jobs')).resolves.toBeDefined();
    await changed.end();
    await expect(app.query('DELETE FROM audit_entries')).rejects.toMatchObject({ code: '42501' });
  });

  it('cannot be the one that owns the schema', async () => {
    await expect(migrate(platform.database.url, { appUrl: platform.database.url })).rejects.toThrow('owns the schema');
  });
});
