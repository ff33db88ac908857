import { Command } from './support/command.js';
import { TestPlatform } from './support/platform.js';
import { createDataset } from './support/training.js';
import { testToken } from './support/client.js';

/** What somebody can alter who may do everything in the database, and what a reader of the audit would believe then. */
const ALTERATIONS = [
  `actor = 'nobody'`,
  `action = 'models_deploy'`,
  `resource = 'model'`,
  `resource_id = 'dataset_other'`,
  `at = at + interval '1 microsecond'`,
  `before = '{}'`,
  `after = after || '{"name": "Ünlike"}'`,
  `request_id = 'none-at-all'`,
  `address = '192.0.2.1'`,
];

describe('npm run audit:verify', () => {
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await TestPlatform.start({ workers: 0 });
    const { client } = platform;
    for (let made = 0; made < 9; made += 1) await createDataset(client);
    await createDataset(client.as(testToken({ tenant: 'other' })));
  });
  afterAll(() => platform.stop());

  async function verified(): Promise<{ code: number | string; lines: string[] }> {
    const command = new Command('cli/audit-verify.js', { DATABASE_URL: platform.database.url });
    return { code: await command.ended, lines: command.lines };
  }

  /** Runs SQL past the triggers, asks, and takes it back. */
  async function afterTampering(sql: string): Promise<{ code: number | string; lines: string[] }> {
    const { database } = platform;
    await database.rows('CREATE TABLE kept AS SELECT * FROM audit_entries');
    await database.rows(`ALTER TABLE audit_entries DISABLE TRIGGER USER; ${sql}`);
    const found = await verified();
    await database.rows(`DELETE FROM audit_entries; INSERT INTO audit_entries SELECT * FROM kept; DROP TABLE kept;
      ALTER TABLE audit_entries ENABLE TRIGGER USER`);
    return found;
  }

  it('finds a chain for each tenant, as it was written', async () => {
    const { code, lines } = await verified();
    expect(code).toBe(0);
    expect(lines).toEqual([
      expect.stringMatching(/^"default": intact; 9 entries, head [0-9a-f]{64}$/),
      expect.stringMatching(/^"other": intact; 1 entries, head [0-9a-f]{64}$/),
    ]);
  });

  it.each(ALTERATIONS)('finds an entry with %s, and its position', async (alteration) => {
    const sql = `UPDATE audit_entries SET ${alteration} WHERE tenant_id = 'default' AND number = 5`;
    const { code, lines } = await afterTampering(sql);
    expect(code).toBe(1);
    expect(lines[0]).toMatch(/^"default": BROKEN at entry 5: altered; /);
    expect(lines[1]).toMatch(/^"other": intact; /);
  });

  it('finds one that was moved to another tenant', async () => {
    const { code, lines } = await afterTampering(
      `UPDATE audit_entries SET tenant_id = 'other', number = 2 WHERE tenant_id = 'default' AND number = 9`,
    );
    expect(code).toBe(1);
    expect(lines).toEqual([
      expect.stringContaining('BROKEN at entry 9: removed'),
      expect.stringContaining('BROKEN at entry 2: altered'),
    ]);
  });

  it('finds one that was altered and hashed anew, by the one after it', async () => {
    const { lines } = await afterTampering(
      `UPDATE audit_entries SET actor = 'nobody' WHERE tenant_id = 'default' AND number = 5;
       UPDATE audit_entries AS e SET hash = audit_hash(e) WHERE tenant_id = 'default' AND number = 5`,
    );
    expect(lines[0]).toMatch(/BROKEN at entry 6: not_bound/);
  });

  it.each([
    ['the first', 'number = 1', 1],
    ['one in the middle', 'number = 4', 4],
    ['the last', 'number = 9', 9],
    ['all', 'true', 1],
  ])('finds %s removed', async (_, which, position) => {
    const { code, lines } = await afterTampering(`DELETE FROM audit_entries WHERE tenant_id = 'default' AND ${which}`);
    expect(code).toBe(1);
    expect(lines[0]).toContain(`BROKEN at entry ${position}: removed`);
  });

  it('finds an entry that was put before the first, and a head that was set back', async () => {
    const before = await afterTampering(
      `ALTER TABLE audit_entries DROP CONSTRAINT audit_entries_number_check;
       INSERT INTO audit_entries SELECT tenant_id, -7, at, 'mallory', action, resource, resource_id, before, after,
         request_id, address, previous, hash FROM audit_entries WHERE tenant_id = 'default' AND number = 1`,
    );
    expect(before.lines[0]).toContain('BROKEN at entry -7: added');
    await platform.database.rows(
      'ALTER TABLE audit_entries ADD CONSTRAINT audit_entries_number_check CHECK (number > 0)',
    );
    await platform.database.rows(`UPDATE audit_heads SET number = 3 WHERE tenant_id = 'default'`);
    const { lines } = await verified();
    await platform.database.rows(`UPDATE audit_heads SET number = 9 WHERE tenant_id = 'default'`);
    expect(lines[0]).toContain('BROKEN at entry 9: not_the_last');
  });

  it('takes no long chain for broken, and finds what is', async () => {
    const { database } = platform;
    await database.rows(`BEGIN;
      SELECT set_config('audit.author', '{"actor": "a", "action": "b", "requestId": "c", "address": "d"}', true);
      INSERT INTO training_datasets SELECT (jsonb_populate_record(d,
          jsonb_build_object('id', 'dataset_' || n, 'tenant_id', 'many'))).*
        FROM training_datasets AS d, generate_series(1, 2100) AS n WHERE d.tenant_id = 'other';
      COMMIT`);
    expect((await verified()).lines[1]).toMatch(/^"many": intact; 2100 entries, head [0-9a-f]{64}$/);
    for (const place of [2, 10, 999, 1_000, 1_001, 2_000, 2_100]) {
      const { lines } = await afterTampering(
        `UPDATE audit_entries SET actor = 'nobody' WHERE tenant_id = 'many' AND number = ${place}`,
      );
      expect(lines[1]).toContain(`BROKEN at entry ${place}: altered`);
    }
  });
});
