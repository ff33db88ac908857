/** $1 tenant, $2 model, $3 labels. */
export const LABEL_MODEL = `
  WITH labelled AS (
    UPDATE models SET labels = $3, updated_at = clock_timestamp() WHERE tenant_id = $1 AND id = $2 RETURNING id
  )
  SELECT id FROM labelled`;

/**
 * $1 tenant, $2 model, $3 labels, $4 version's id. The model's row is locked first, as by everyone who changes a version:
 * the version is joined to what that update gives.
 */
export const LABEL_VERSION = `
  WITH model AS (
    UPDATE models SET updated_at = clock_timestamp() WHERE tenant_id = $1 AND id = $2 RETURNING tenant_id, id
  ),
  labelled AS (
    UPDATE model_versions AS version SET labels = $3 FROM model
    WHERE version.tenant_id = model.tenant_id AND version.model_id = model.id AND version.id = $4
    RETURNING version.id
  )
  SELECT id FROM labelled`;
