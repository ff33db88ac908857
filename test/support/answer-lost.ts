import type { Pool } from 'pg';

/** A pool whose first answer gets lost on the way: the statement was carried out, and its sender never learns. */
export function answerLost(pool: Pool): Pool {
  let lost = false;
  const query = async (statement: string) => {
    const answer = await pool.query(statement);
    if (lost) return answer;
    lost = true;
    throw new Error('answer lost');
  };
  return { query } as unknown as Pool;
}
