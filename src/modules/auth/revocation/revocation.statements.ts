/** Longer than any transaction of the platform lasts: one that began before another may be seen after it. */
const OVERLAP = '1 minute';

/** $1 the newest that is known. */
export const NEW_REVOCATIONS = {
  name: 'new_revocations',
  text: `SELECT tenant_id AS "tenantId", subject, max(at) AS at FROM token_revocations
         WHERE at > $1::timestamptz - interval '${OVERLAP}' GROUP BY tenant_id, subject`,
};
