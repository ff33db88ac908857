import { DatasetFormat } from '../../datasets/dataset-type.js';
import { inspectImages } from './images/inspect-images.js';
import type { Inspection, InspectionTask } from './inspection.js';
import { inspectTable } from './tabular/inspect-table.js';

/** What is found goes to the database in one statement, and into answers. */
const MOST_CHARACTERS = 32 << 20;

/** Looks at content of any format. What is wrong with the content is in the inspection; errors are our own. */
export async function inspect(task: InspectionTask): Promise<Inspection> {
  const inspection = await (task.format === DatasetFormat.Images ? inspectImages(task) : inspectTable(task));
  if (JSON.stringify(inspection).length <= MOST_CHARACTERS) return inspection;
  const detail = 'The content has so many and such long names and values that no profile can hold them.';
  return { problems: [{ code: 'too_complex', detail }] };
}
