import { DatasetFormat } from '../../datasets/dataset-type.js';
import { inspectImages } from './images/inspect-images.js';
import type { Inspection, InspectionTask } from './inspection.js';
import { inspectTable } from './tabular/inspect-table.js';

/** Looks at content of any format. What is wrong with the content is in the inspection; errors are our own. */
export function inspect(task: InspectionTask): Promise<Inspection> {
  return task.format === DatasetFormat.Images ? inspectImages(task) : inspectTable(task);
}
