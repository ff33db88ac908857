import type { TestDatabase } from '../support/database.js';
import type { DatasetRow, EventRow, JobRow, ProgressRow, VersionRow } from './rows.js';

export interface Change<T> {
  at: string;
  /** Null: the row is new. */
  before: T | null;
  after: T;
}

/** All that happened, table by table. */
export interface Changes {
  training_jobs: Change<JobRow>[];
  training_datasets: Change<DatasetRow>[];
  model_versions: Change<VersionRow>[];
  job_events: Change<EventRow>[];
  training_progress: Change<ProgressRow>[];
}

const TABLES = ['training_jobs', 'training_datasets', 'model_versions', 'job_events', 'training_progress'] as const;

const INSTALL = [
  `CREATE TABLE observed (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    relation text NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    before jsonb,
    after jsonb NOT NULL
  )`,
  `CREATE FUNCTION observe() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    INSERT INTO observed (relation, before, after)
    VALUES (TG_TABLE_NAME, CASE WHEN TG_OP = 'UPDATE' THEN to_jsonb(OLD) END, to_jsonb(NEW));
    RETURN NULL;
  END $$`,
  ...TABLES.map(
    (table) => `CREATE TRIGGER observed AFTER INSERT OR UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION observe()`,
  ),
];

/** Sees every change of every row, in the order in which the row's lock let them through: none falls between two looks. */
export class Observer {
  private seen = '0';

  private constructor(private readonly database: TestDatabase) {}

  static async of(database: TestDatabase): Promise<Observer> {
    for (const statement of INSTALL) await database.rows(statement);
    return new Observer(database);
  }

  /** What has happened since the last look. */
  async look(): Promise<Changes> {
    const rows = await this.database.rows<Change<never> & { number: string; relation: keyof Changes }>(
      'SELECT number, relation, to_jsonb(at) AS at, before, after FROM observed WHERE number > $1 ORDER BY number',
      [this.seen],
    );
    this.seen = rows.at(-1)?.number ?? this.seen;
    const changes = Object.fromEntries(TABLES.map((table) => [table, []])) as unknown as Changes;
    for (const { relation, at, before, after } of rows) changes[relation].push({ at, before, after });
    return changes;
  }
}
