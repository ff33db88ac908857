/** $1 tenant, $2 model. */
export const POLICY = `
  SELECT policy, policy_changed_by AS "changedBy", policy_changed_at AS "changedAt" FROM models
  WHERE tenant_id = $1 AND id = $2`;

/** $1 tenant, $2 model, which is locked, $3 policy, $4 actor. */
export const SET_POLICY = `
  WITH moment AS MATERIALIZED (SELECT clock_timestamp() AS at),
  changed AS (
    UPDATE models SET policy = $3, policy_changed_by = $4, policy_changed_at = moment.at, updated_at = moment.at
    FROM moment WHERE tenant_id = $1 AND id = $2
    RETURNING policy, policy_changed_by, policy_changed_at
  )
  SELECT policy, policy_changed_by AS "changedBy", policy_changed_at AS "changedAt" FROM changed`;

/** $1 tenant, $2 version's id. What the policy of its model is held against, but for what its own row says. */
export const FACTS = `
  SELECT
    model.policy, dataset.id AS "datasetId", dataset.status AS "datasetStatus", dataset.size::float8 AS "datasetSize",
    deployed.version AS "deployedVersion", deployed.measures AS "deployedMeasures"
  FROM model_versions AS version
  JOIN models AS model ON model.tenant_id = version.tenant_id AND model.id = version.model_id
  JOIN training_jobs AS job ON job.id = version.training_job_id
  JOIN training_datasets AS dataset ON dataset.id = job.dataset_id
  LEFT JOIN model_versions AS deployed
    ON deployed.tenant_id = version.tenant_id AND deployed.model_id = version.model_id AND deployed.status = 'deployed'
  WHERE version.tenant_id = $1 AND version.id = $2`;
