import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatasetFormat, DatasetType } from '../../../datasets/dataset-type.js';
import type { ColumnProfile } from '../../../datasets/profile/profile-type.js';
import type { ContentProblem, Inspection, InspectionTask } from '../inspection.js';
import { inspectTable } from './inspect-table.js';
import { openEngine } from './open-engine.js';

export type Declared = Partial<Omit<InspectionTask, 'limits'>> & { limits?: Partial<InspectionTask['limits']> };
export type Measured = Extract<Inspection, { rows: number }>;

const LIMITS = {
  ...{ memoryMb: 256, threads: 2, timeoutMs: 60_000, maxExpandedBytes: 1e9 },
  ...{ maxColumns: 10_000, maxFiles: 1, maxPixels: 1 },
};

/** A task for clustering on the file, unless declared otherwise. */
export async function inspectFile(file: string, declared: Declared = {}): Promise<Inspection> {
  const scratch = await mkdtemp(join(tmpdir(), 'inspection-'));
  try {
    const task = {
      file,
      bytes: (await stat(file)).size,
      scratch,
      format: DatasetFormat.Csv,
      type: DatasetType.Clustering,
      features: null,
      targetColumn: null,
      ...declared,
      limits: { ...LIMITS, ...declared.limits },
    };
    return await inspectTable(task);
  } finally {
    await rm(scratch, { recursive: true });
  }
}

export async function inspectText(content: string | Buffer, declared: Declared = {}): Promise<Inspection> {
  const folder = await mkdtemp(join(tmpdir(), 'content-'));
  try {
    await writeFile(join(folder, 'content'), content);
    return await inspectFile(join(folder, 'content'), declared);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A Parquet file of what a query gives. */
export async function inspectParquet(query: string, declared: Declared = {}, damage = (file: Buffer) => file) {
  return inspectText(damage(await parquetOf(query)), { format: DatasetFormat.Parquet, ...declared });
}

async function parquetOf(query: string): Promise<Buffer> {
  const { readFile } = await import('node:fs/promises');
  const folder = await mkdtemp(join(tmpdir(), 'parquet-'));
  const file = join(folder, 'made.parquet');
  try {
    const engine = await openEngine(file, folder, LIMITS);
    await engine.run(`COPY (${query}) TO '${file}' (FORMAT parquet)`);
    engine.close();
    return await readFile(file);
  } finally {
    await rm(folder, { recursive: true });
  }
}

export function measured(inspection: Inspection): Measured {
  if (inspection.problems) throw new Error(`problems: ${JSON.stringify(inspection.problems)}`);
  return inspection;
}

export function problems(inspection: Inspection): ContentProblem[] {
  if (!inspection.problems) throw new Error(`no problems, but ${inspection.rows} rows`);
  return inspection.problems;
}

export function column(inspection: Inspection, name: string): ColumnProfile {
  return measured(inspection).profile.columns.find((profile) => profile.name === name)!;
}

export function warnings(inspection: Inspection): string[] {
  return measured(inspection).profile.warnings.map(({ code, column: of }) =>
    of === undefined ? code : `${code} ${of}`,
  );
}
