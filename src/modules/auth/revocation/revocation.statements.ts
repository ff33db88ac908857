/** Longer than any transaction of the platform lasts: one that began before another may be seen after it. */
const OVERLAP = '1 minute';

/**
 * $1 the newest that is known, which another server's clock may have set ahead; $2 seconds after which every token is
 * refused anyway, 0: never.
 */
export const NEW_REVOCATIONS = {
  name: 'new_revocations',
  text: `SELECT tenant_id AS "tenantId", subject, max(at) AS at FROM token_revocations
         WHERE at > (SELECT least($1::timestamptz, clock_timestamp()) - interval '${OVERLAP}')
           AND ($2 = 0 OR at > clock_timestamp() - $2 * interval '1 second') GROUP BY tenant_id, subject`,
};
