import { BLOCK_EPOCHS } from '../../jobs/progress-block.entity.js';

const MEASURES = ['loss', 'validation_loss', 'accuracy', 'learning_rate'] as const;

const EXTREMES = MEASURES.flatMap((measure) => [
  { measure, aggregate: 'min', name: `min_${measure}` },
  { measure, aggregate: 'max', name: `max_${measure}` },
]);

const values = EXTREMES.map(({ name }) => name).join(', ');
const epochs = EXTREMES.map(({ name }) => `${name}_epoch`).join(', ');
const found = EXTREMES.map(({ measure, aggregate, name }) => `${aggregate}(${measure}) AS ${name}`).join(', ');
const placed = EXTREMES.map(
  ({ measure, name }) => `min(current_epoch) FILTER (WHERE epoch.${measure} = extreme.${name}) AS ${name}_epoch`,
).join(', ');

/**
 * $1 jobs, $2 a block of each. Reads what is committed by now, and passes by what is not whole, such as a history that
 * begins within the block.
 */
export const WRITE_BLOCKS = {
  name: 'progress-blocks',
  text: `
    WITH entry AS (SELECT * FROM unnest($1::text[], $2::int[]) AS entry (job_id, block))
    INSERT INTO training_progress_blocks (job_id, block, tenant_id, ${values}, ${epochs})
    SELECT entry.job_id, entry.block, whole.* FROM entry CROSS JOIN LATERAL (
      WITH epoch AS MATERIALIZED (
        SELECT tenant_id, current_epoch, ${MEASURES.join(', ')} FROM training_progress
        WHERE job_id = entry.job_id
          AND current_epoch BETWEEN entry.block * ${BLOCK_EPOCHS} + 1 AND (entry.block + 1) * ${BLOCK_EPOCHS}
      ),
      extreme AS (SELECT ${found} FROM epoch HAVING count(*) = ${BLOCK_EPOCHS})
      SELECT min(tenant_id), ${values}, ${placed} FROM extreme CROSS JOIN epoch GROUP BY ${values}
    ) AS whole
    ON CONFLICT DO NOTHING`,
};
