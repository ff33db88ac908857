import { type FileHandle, open } from 'node:fs/promises';
import { types } from 'node:util';

import { type ContentProblem, type Inspection, type InspectionTask, MOST_PROBLEMS } from '../inspection.js';
import { ArchiveFault } from './archive/archive-fault.js';
import { openArchive } from './archive/open-archive.js';
import { glimpse } from './image/glimpse.js';
import { conclude } from './survey/conclude.js';
import { Survey } from './survey/survey.js';

/**
 * Looks at a zip or tar of images in folders by class, without unpacking it to disk and in memory that depends on the
 * number of its files alone. What goes wrong is a problem of the answer; nothing is thrown.
 */
export async function inspectImages(task: InspectionTask): Promise<Inspection> {
  const impossible = declaredFeatures(task);
  if (impossible.length > 0) return { problems: impossible };
  let handle: FileHandle | undefined;
  try {
    handle = await open(task.file);
    return await survey(task, handle);
  } catch (error) {
    return { problems: [problemOf(error)] };
  } finally {
    await handle?.close();
  }
}

async function survey(task: InspectionTask, handle: FileHandle): Promise<Inspection> {
  const { layout, files } = await openArchive(handle, task.limits);
  const found = new Survey(task.limits.maxPixels);
  try {
    for await (const file of files) {
      found.add(file, await glimpse(file.content));
      if (found.problems.isFull) break;
    }
  } catch (error) {
    found.stop(problemOf(error));
  }
  return conclude(task, layout, found);
}

function declaredFeatures({ features }: InspectionTask): ContentProblem[] {
  const detail = 'Images have no columns: a dataset of images declares no features.';
  return (features ?? []).slice(0, MOST_PROBLEMS).map((column) => ({ code: 'feature_missing', detail, column }));
}

/** Paths of this machine are no one's business: of errors of the system only the code is told. */
function problemOf(error: unknown): ContentProblem {
  if (error instanceof ArchiveFault) return error.problem;
  const code = types.isNativeError(error) && 'code' in error ? ` (${String(error.code)})` : '';
  return { code: 'content_unreadable', detail: `The content could not be read${code}.` };
}
