import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Written by triggers alone, for whoever changes a version: processes of the release before have no right to the tables. */
const FUNCTIONS: Readonly<Record<string, string>> = {
  // Under the model's lock, so that nobody's change is missed; a function's queries see what was committed before each.
  'refresh_model_labels(tenant text, model text)': `RETURNS void LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM FROM models WHERE tenant_id = tenant AND id = model FOR NO KEY UPDATE;
      WITH held AS MATERIALIZED (
        SELECT DISTINCT label.key, label.value FROM (
          SELECT labels FROM models WHERE tenant_id = tenant AND id = model
          UNION ALL SELECT labels FROM model_versions
            WHERE tenant_id = tenant AND model_id = model AND labels <> '{}'
        ) AS owner CROSS JOIN LATERAL jsonb_each_text(owner.labels) AS label
      ),
      dropped AS (
        DELETE FROM model_labels AS kept
        WHERE kept.tenant_id = tenant AND kept.model_id = model AND (kept.key, kept.value) NOT IN (SELECT key, value FROM held)
      )
      INSERT INTO model_labels (tenant_id, model_id, key, value) SELECT tenant, model, key, value FROM held
      ON CONFLICT DO NOTHING;
    END $$`,
  'refresh_model_measures(tenant text, model text)': `RETURNS void LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM FROM models WHERE tenant_id = tenant AND id = model FOR NO KEY UPDATE;
      DELETE FROM model_measures WHERE tenant_id = tenant AND model_id = model;
      INSERT INTO model_measures (tenant_id, model_id, metric, lowest, highest)
      SELECT tenant, model, measured.key, min(measured.value::double precision), max(measured.value::double precision)
      FROM model_versions CROSS JOIN LATERAL jsonb_each(measures) AS measured
      WHERE tenant_id = tenant AND model_id = model AND jsonb_typeof(measured.value) = 'number'
      GROUP BY measured.key;
    END $$`,
  'relabel_model()': `RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM refresh_model_labels(coalesce(NEW.tenant_id, OLD.tenant_id), coalesce(NEW.id, OLD.id));
      RETURN NULL;
    END $$`,
  'relabel_model_of_version()': `RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM refresh_model_labels(coalesce(NEW.tenant_id, OLD.tenant_id), coalesce(NEW.model_id, OLD.model_id));
      RETURN NULL;
    END $$`,
  // Most versions are neither the best nor the worst of their model: then this only reads.
  'measure_model()': `RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO model_measures AS kept (tenant_id, model_id, metric, lowest, highest)
      SELECT NEW.tenant_id, NEW.model_id, measured.metric, measured.number, measured.number
      FROM (
        SELECT key AS metric, CASE WHEN jsonb_typeof(value) = 'number' THEN value::double precision END AS number
        FROM jsonb_each(NEW.measures)
      ) AS measured
      LEFT JOIN model_measures AS known
        ON known.tenant_id = NEW.tenant_id AND known.model_id = NEW.model_id AND known.metric = measured.metric
      WHERE measured.number IS NOT NULL
        AND (known.metric IS NULL OR measured.number < known.lowest OR measured.number > known.highest)
      ON CONFLICT (tenant_id, model_id, metric) DO UPDATE SET
        lowest = least(kept.lowest, excluded.lowest), highest = greatest(kept.highest, excluded.highest);
      RETURN NULL;
    END $$`,
  'measure_model_again()': `RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM refresh_model_measures(OLD.tenant_id, OLD.model_id);
      RETURN NULL;
    END $$`,
};

const TRIGGERS = [
  `CREATE TRIGGER models_labelled AFTER INSERT ON models
    FOR EACH ROW WHEN (NEW.labels <> '{}') EXECUTE FUNCTION relabel_model()`,
  `CREATE TRIGGER models_relabelled AFTER UPDATE ON models
    FOR EACH ROW WHEN (OLD.labels <> NEW.labels) EXECUTE FUNCTION relabel_model()`,
  `CREATE TRIGGER models_labelled_no_more AFTER DELETE ON models
    FOR EACH ROW WHEN (OLD.labels <> '{}') EXECUTE FUNCTION relabel_model()`,
  // A version begins without labels, and without measures.
  `CREATE TRIGGER model_versions_labelled AFTER INSERT ON model_versions
    FOR EACH ROW WHEN (NEW.labels <> '{}') EXECUTE FUNCTION relabel_model_of_version()`,
  `CREATE TRIGGER model_versions_relabelled AFTER UPDATE ON model_versions
    FOR EACH ROW WHEN (OLD.labels <> NEW.labels) EXECUTE FUNCTION relabel_model_of_version()`,
  `CREATE TRIGGER model_versions_labelled_no_more AFTER DELETE ON model_versions
    FOR EACH ROW WHEN (OLD.labels <> '{}') EXECUTE FUNCTION relabel_model_of_version()`,
  `CREATE TRIGGER model_versions_measured AFTER INSERT ON model_versions
    FOR EACH ROW WHEN (NEW.measures IS NOT NULL) EXECUTE FUNCTION measure_model()`,
  `CREATE TRIGGER model_versions_measured_later AFTER UPDATE ON model_versions
    FOR EACH ROW WHEN (OLD.measures IS NULL AND NEW.measures IS NOT NULL) EXECUTE FUNCTION measure_model()`,
  `CREATE TRIGGER model_versions_measured_again AFTER UPDATE ON model_versions
    FOR EACH ROW WHEN (OLD.measures IS NOT NULL AND OLD.measures IS DISTINCT FROM NEW.measures)
    EXECUTE FUNCTION measure_model_again()`,
  `CREATE TRIGGER model_versions_measured_no_more AFTER DELETE ON model_versions
    FOR EACH ROW WHEN (OLD.measures IS NOT NULL) EXECUTE FUNCTION measure_model_again()`,
];

const forOthers = (name: string) => `DO $$ BEGIN
  EXECUTE format('ALTER FUNCTION ${name} SECURITY DEFINER SET search_path = %I, pg_temp', current_schema());
END $$`;

/** What a model's versions have among them, kept by triggers; what there was before is added by the next migration. */
export class WhatModelsHave1816000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE model_labels (
      tenant_id text NOT NULL,
      model_id text NOT NULL,
      key text NOT NULL,
      value text NOT NULL,
      CONSTRAINT model_labels_pkey PRIMARY KEY (tenant_id, model_id, key, value)
    )`);
    await runner.query('CREATE INDEX model_labels_by_label ON model_labels (tenant_id, key, value, model_id)');
    await runner.query(`CREATE TABLE model_measures (
      tenant_id text NOT NULL,
      model_id text NOT NULL,
      metric text NOT NULL,
      lowest double precision NOT NULL,
      highest double precision NOT NULL,
      CONSTRAINT model_measures_pkey PRIMARY KEY (tenant_id, model_id, metric)
    )`);
    for (const end of ['lowest', 'highest']) {
      await runner.query(
        `CREATE INDEX model_measures_by_${end} ON model_measures (tenant_id, metric, ${end}, model_id)`,
      );
    }
    for (const [name, body] of Object.entries(FUNCTIONS)) {
      await runner.query(`CREATE FUNCTION ${name} ${body}`);
      await runner.query(forOthers(name));
      await runner.query(`REVOKE EXECUTE ON FUNCTION ${name} FROM PUBLIC`);
    }
    for (const trigger of TRIGGERS) await runner.query(trigger);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of Object.keys(FUNCTIONS)) await runner.query(`DROP FUNCTION ${name} CASCADE`);
    await runner.query('DROP TABLE model_measures');
    await runner.query('DROP TABLE model_labels');
  }
}
