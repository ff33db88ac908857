import type { PoolClient, QueryConfig, QueryResultRow } from 'pg';
import type { EntityManager } from 'typeorm';

/** Within a transaction: a statement that is planned once for each connection. TypeORM itself prepares none. */
export async function prepared<Row extends QueryResultRow>(
  transaction: EntityManager,
  statement: QueryConfig & { name: string },
): Promise<Row[]> {
  const client = (await transaction.queryRunner!.connect()) as PoolClient;
  return (await client.query<Row>(statement)).rows;
}
