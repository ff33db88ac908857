import type { DataSource, Logger } from 'typeorm';

export interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  /** A loop. */
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: PlanNode[];
}

type Statement = [sql: string, parameters: unknown[]];

/** What the work really sends to the database. */
async function statementsOf(source: DataSource, work: () => Promise<unknown>): Promise<Statement[]> {
  const sent: Statement[] = [];
  const before = source.logger;
  const silent = () => {};
  const logger: Logger = {
    logQuery: (sql, parameters) => void sent.push([sql, (parameters ?? []) as unknown[]]),
    ...{ logQueryError: silent, logQuerySlow: silent, logSchemaBuild: silent, logMigration: silent, log: silent },
  };
  source.setOptions({ logging: ['query'] });
  (source as { logger: Logger }).logger = logger;
  try {
    await work();
  } finally {
    (source as { logger: Logger }).logger = before;
  }
  return sent;
}

/** Every node of the plans by which the database runs what the work sends, one list a statement; run for real. */
export async function plansOf(source: DataSource, work: () => Promise<unknown>): Promise<PlanNode[][]> {
  const statements = await statementsOf(source, work);
  if (statements.length === 0) throw new Error('Nothing was sent to the database');
  const plans: PlanNode[][] = [];
  for (const [sql, parameters] of statements) {
    const [row] = await source.query<{ 'QUERY PLAN': { Plan: PlanNode }[] }[]>(
      `EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`,
      parameters,
    );
    plans.push(nodesOf(row!['QUERY PLAN'][0]!.Plan));
  }
  return plans;
}

function nodesOf(plan: PlanNode): PlanNode[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
}
