import { JobStatus } from '../../jobs/job-state.js';
import type { Subject } from './subject.js';

export enum ComparisonWarningCode {
  DatasetTypeDiffers = 'dataset_type_differs',
  DataDiffers = 'data_differs',
  TargetDiffers = 'target_differs',
  DataUnverified = 'data_unverified',
  NotCompleted = 'not_completed',
}

/** Why the subjects' measurements may say less about the models than they seem to. */
export interface ComparisonWarning {
  code: ComparisonWarningCode;
  detail: string;
}

export function warningsOf(subjects: readonly Subject[]): ComparisonWarning[] {
  return [...dataWarnings(subjects), ...statusWarnings(subjects)];
}

function dataWarnings(subjects: readonly Subject[]): ComparisonWarning[] {
  const warnings: ComparisonWarning[] = [];
  const warn = (code: ComparisonWarningCode, detail: string) => void warnings.push({ code, detail });
  const data = subjects.map(({ dataset }) => dataset);
  if (differ(data.map(({ type }) => type))) {
    const detail = 'The datasets are of different types, and what was measured on them has little in common.';
    warn(ComparisonWarningCode.DatasetTypeDiffers, detail);
  }
  const known = data.flatMap(({ sha256 }) => sha256 ?? []);
  const unknown = data.filter(({ sha256 }) => sha256 === null);
  // The same bytes under two ids are the same data.
  if (differ(known) || (unknown.length > 0 && differ(data.map(({ id }) => id)))) {
    const detail = 'They were not trained on the same data: better metrics need not mean a better model.';
    warn(ComparisonWarningCode.DataDiffers, detail);
  }
  if (differ(data.map(({ targetColumn }) => targetColumn))) {
    warn(ComparisonWarningCode.TargetDiffers, 'They do not predict the same column.');
  }
  if (unknown.length > 0) {
    const ids = [...new Set(unknown.map(({ id }) => id))].join(', ');
    warn(
      ComparisonWarningCode.DataUnverified,
      `Whether the data of ${ids}, held elsewhere, were the same each time cannot be known.`,
    );
  }
  return warnings;
}

function statusWarnings(subjects: readonly Subject[]): ComparisonWarning[] {
  const unfinished = subjects.filter(({ status }) => status !== JobStatus.Completed);
  if (unfinished.length === 0) return [];
  const jobs = unfinished.map(({ jobId, status }) => `${jobId} (${status})`).join(', ');
  return [
    { code: ComparisonWarningCode.NotCompleted, detail: `Not completed, and so without final metrics: ${jobs}.` },
  ];
}

function differ(values: readonly unknown[]): boolean {
  return new Set(values).size > 1;
}
