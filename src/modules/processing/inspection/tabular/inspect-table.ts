import { DatasetFormat } from '../../../datasets/dataset-type.js';
import type { Inspection, InspectionTask } from '../inspection.js';
import { engineProblem } from './engine-problem.js';
import { openEngine, type Engine, type EngineOn } from './open-engine.js';
import { firstProblems } from './problems.js';
import { profileTable } from './profile-table.js';
import { readCsv } from './read-csv.js';
import { readJson } from './read-json.js';
import { readParquet } from './read-parquet.js';
import type { Table } from './table.js';

type Reader = (task: InspectionTask, open: EngineOn) => Promise<[Engine, Table]>;

const READERS: Partial<Record<DatasetFormat, Reader>> = {
  [DatasetFormat.Csv]: readCsv,
  [DatasetFormat.Json]: readJson,
  [DatasetFormat.Parquet]: readParquet,
};

/**
 * Looks at a csv, JSON or Parquet file. It blocks, and takes up to `limits.memoryMb` for the engine and about 200 MiB
 * besides: for a process of its own. Whatever the content is leads to problems; what is thrown is the host's fault.
 */
export async function inspectTable(task: InspectionTask): Promise<Inspection> {
  const read = READERS[task.format];
  if (!read) throw new Error(`${task.format} is no table`);
  const opened: Engine[] = [];
  try {
    const [engine, table] = await read(task, async (file) => {
      opened.push(await openEngine(file, task.scratch, task.limits));
      return opened.at(-1)!;
    });
    return await profileTable(engine, table, task);
  } catch (error) {
    return { problems: firstProblems(engineProblem(error).problems) };
  } finally {
    for (const engine of opened) engine.close();
  }
}
