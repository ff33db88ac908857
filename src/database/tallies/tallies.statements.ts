/**
 * Numbers that would take longer to count the more there is, kept by triggers. Changes are rows of their own, so that
 * transactions of one tenant do not wait for each other; a reader adds them to what they were added to before, and is
 * exact at any time.
 */

/** To be read from: (tenant_id, name, number), to be summed up. */
export const TALLIED = `(
  SELECT tenant_id, name, number FROM tallies UNION ALL SELECT tenant_id, name, change FROM tally_changes
) AS tallied`;

/** $1 a tenant; `condition` on the name. */
export const tallied = (condition: string) => `
  (SELECT coalesce(sum(number), 0)::float8 FROM ${TALLIED} WHERE tenant_id = $1 AND ${condition})`;

/** Changes that are worth being added up: fewer are read in no time. */
const WORTHWHILE = 1_000;
const AT_ONCE = 10_000;

/** Adds changes to their tallies. Whoever does it at the same time takes others. */
export const FOLD = {
  name: 'tallies-fold',
  text: `
    WITH taken AS (
      DELETE FROM tally_changes WHERE id IN (
        SELECT id FROM tally_changes
        WHERE (SELECT count(*) FROM (SELECT FROM tally_changes LIMIT ${WORTHWHILE}) AS change) = ${WORTHWHILE}
        LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED
      )
      RETURNING tenant_id, name, change
    )
    INSERT INTO tallies AS tally (tenant_id, name, number)
    SELECT tenant_id, name, sum(change) FROM taken GROUP BY tenant_id, name ORDER BY tenant_id, name
    ON CONFLICT (tenant_id, name) DO UPDATE SET number = tally.number + excluded.number`,
};
