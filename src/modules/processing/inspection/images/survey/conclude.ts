import { DatasetType } from '../../../../datasets/dataset-type.js';
import type { ValueCount } from '../../../../datasets/profile/profile-type.js';
import type { ContentProblem, Inspection, InspectionTask } from '../../inspection.js';
import type { ArchiveLayout } from '../archive/archive-layout.js';
import { classColumn, sharesOf } from './class-column.js';
import { MOST_CLASSES } from './class-folders.js';
import { imageWarnings } from './image-warnings.js';
import type { Survey } from './survey.js';

/** The name of the column that the classes make where none was declared. */
const CLASS_COLUMN = 'class';

/** What was found in an archive that was read to its end. */
export function conclude(task: InspectionTask, layout: ArchiveLayout, survey: Survey): Inspection {
  const { folders, statistics, preview } = survey;
  const counts = folders.counts;
  const problems = [...survey.problems.first(folders.depth)];
  if (problems.length === 0) problems.push(...problemsOfClasses(task.type, counts));
  if (problems.length > 0) return { problems };

  const column = task.targetColumn ?? CLASS_COLUMN;
  const classes = sharesOf(counts);
  return {
    rows: statistics.count,
    features: [],
    profile: {
      rows: statistics.count,
      bytes: task.bytes,
      readAs: { layout },
      columns: [classColumn(column, counts)],
      classes,
      ...(statistics.isRepeatedLeast ? {} : { duplicateRows: statistics.repeated }),
      images: statistics.profile,
      warnings: imageWarnings(statistics, classes, column),
    },
    preview: preview.at(folders.depth, column),
  };
}

/** Only of archives without other problems: these would have one class too few for the images that are broken. */
function problemsOfClasses(type: DatasetType, counts: ValueCount[]): ContentProblem[] {
  const [first, second] = counts;
  if (!first) return [{ code: 'no_images', detail: 'The archive holds no images.' }];
  if (counts.length > MOST_CLASSES) {
    const detail = `The images lie in more than ${MOST_CLASSES} folders; each is a class.`;
    return [{ code: 'target_too_many_classes', detail }];
  }
  if (!second && type === DatasetType.ComputerVision) {
    const detail = 'All images are of one class; there is nothing to tell apart. Each class needs a folder.';
    return [{ code: 'target_single_class', detail, column: first.value }];
  }
  return [];
}
