import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type pg from 'pg';
import type { Holding } from '../bed/journal.js';
import type { Scene } from '../kinds/scene.js';
import type { JobPlan } from '../load/plan.js';
import { LEASE_MS } from '../settings.js';

type Row = Record<string, unknown>;

/** Temporary tables beside the platform's own, so that every invariant is one query. Times are milliseconds. */
const TABLES = {
  answers:
    'action text, key text, id text, status int, code text, "sentAt" float8, "answeredAt" float8, "idempotencyKey" text',
  plans: 'key text, twin text, "mayFailWith" text[], faults text[]',
  datasets_planned: 'key text, "endsReady" boolean',
  artefacts: 'path text, size bigint, sha256 text',
  attempts: '"jobId" text, attempt int, holder text, at float8, harmed boolean',
  interruptions: 'fault text, "jobId" text, attempt int, failures int, epoch int, at float8',
  outages: 'kind text, "from" float8, "to" float8',
  overdue: 'holder text, threads text[]',
} as const;

/** Lays out what the harness saw, for the connection's session alone. */
export async function layOut(client: pg.ClientBase, scene: Scene): Promise<void> {
  const { ledger, plan } = scene.load;
  const rows: Record<keyof typeof TABLES, readonly object[]> = {
    answers: ledger.answers,
    plans: plan.jobs.map(planRow),
    datasets_planned: plan.datasets.map(({ key, endsReady }) => ({ key, endsReady })),
    artefacts: artefactsIn(scene.bed.disk.folder),
    attempts: attemptRows([...scene.bed.journal.holdings.values()]),
    interruptions: scene.interruptions.all,
    outages: scene.outages,
    overdue: scene.bed.journal.overdue,
  };
  for (const [name, columns] of Object.entries(TABLES)) {
    await client.query(`CREATE TEMP TABLE ${name} (${columns})`);
    await client.query(`INSERT INTO ${name} SELECT * FROM jsonb_populate_recordset(NULL::${name}, $1::jsonb)`, [
      JSON.stringify(rows[name as keyof typeof TABLES]),
    ]);
  }
}

function planRow({ key, twin, mayFailWith, body }: JobPlan): Row {
  const { faults = [] } = body.simulation as { faults?: { kind: string }[] };
  return { key, twin, mayFailWith, faults: faults.map(({ kind }) => kind) };
}

/** Every file of the store as it lies there; `.name` is unfinished or the harness's own. */
function artefactsIn(root: string): Row[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      const bytes = readFileSync(file);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      return { path: path.relative(root, file), size: bytes.byteLength, sha256 };
    });
}

/**
 * Milliseconds after a fault in which it may still be felt: `at` is when the holder began to train, and the claim before
 * that may have been answered late, or by a process that had just woken.
 */
const AFTERMATH_MS = 2 * LEASE_MS;

/** `harmed`: something kept the holder from its work before the next attempt began. */
function attemptRows(holdings: readonly Holding[]): Row[] {
  return holdings.map(({ jobId, attempt, holder, at }) => {
    const later = holdings.filter((other) => other.jobId === jobId && other.attempt > attempt);
    const end = Math.min(...later.map((other) => other.at), Number.MAX_SAFE_INTEGER);
    const harmed = holder.harms.some((harm) => harm.from <= end && (harm.to ?? end) + AFTERMATH_MS >= at);
    return { jobId, attempt, holder: holder.name, at, harmed };
  });
}
