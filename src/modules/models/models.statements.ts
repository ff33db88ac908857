/**
 * $1 tenant, $2 model. Whatever changes what a model has (numbers, deployments, archived versions, its policy) does so
 * one at a time.
 */
export const LOCK_MODEL = `SELECT id FROM models WHERE tenant_id = $1 AND id = $2 FOR NO KEY UPDATE`;
