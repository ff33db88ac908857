import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { DatasetFormat, DatasetType } from '../../src/modules/datasets/dataset-type.js';
import type {
  Inspection,
  InspectionLimits,
  InspectionTask,
} from '../../src/modules/processing/inspection/inspection.js';

const LIMITS: InspectionLimits = {
  memoryMb: 256,
  threads: 1,
  timeoutMs: 60_000,
  maxExpandedBytes: 64 * 2 ** 20,
  maxColumns: 100,
  maxFiles: 2_000,
  maxPixels: 1_000_000,
};

/** A task on images whose bytes are `content`; what is left out of `overrides` is as a dataset of images has it. */
export type ImagesTask = Partial<Omit<InspectionTask, 'limits'>> & { limits?: Partial<InspectionLimits> };

/** Inspects `content` from a folder of its own, which is removed again. */
export async function inspected(
  inspect: (task: InspectionTask) => Promise<Inspection>,
  content: Buffer,
  overrides: ImagesTask = {},
): Promise<Inspection> {
  const scratch = await mkdtemp(join(tmpdir(), 'inspection-'));
  const file = join(scratch, 'content');
  await writeFile(file, content);
  try {
    return await inspect({
      file,
      bytes: content.length,
      scratch,
      format: DatasetFormat.Images,
      type: DatasetType.ComputerVision,
      features: null,
      targetColumn: null,
      ...overrides,
      limits: { ...LIMITS, ...overrides.limits },
    });
  } finally {
    await rm(scratch, { recursive: true });
  }
}
