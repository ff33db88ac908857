import { REMOVE_EXPIRED } from '../../src/http/idempotency/idempotency.statements.js';
import { NUMBERS } from '../../src/modules/health/platform.metrics.js';
import { NEXT_DUE } from '../../src/modules/models/artefacts/model-files.statements.js';
import * as datasets from '../../src/modules/processing/processing.statements.js';
import * as jobs from '../../src/modules/training/job.sweep.statements.js';
import { REMOVE_OLD } from '../../src/modules/progress/history/retention.statements.js';

const A_DAY = 86_400_000;
const NO_JOB = '';

/** What workers ask of the database every few seconds, and what is asked for at /metrics; with its values. */
export const STATEMENTS: Readonly<Record<string, readonly [text: string, ...values: unknown[]]>> = {
  'GET /metrics, its numbers of the platform': [NUMBERS.text],
  'sweep: cancels': [jobs.END_ORPHANED_CANCELS.text],
  'sweep: pauses': [jobs.END_ORPHANED_PAUSES.text],
  'sweep: overdue': [jobs.END_OVERDUE.text],
  'sweep: lost workers': [jobs.DECLARE_LOST.text, 1],
  'sweep: waiting, dataset ready': [jobs.WAKE_WAITING.text],
  'sweep: waiting, dataset in error': [jobs.FAIL_WAITING.text],
  'sweep: undelivered': [jobs.UNDELIVERED.text, NO_JOB],
  'sweep: datasets given up': [datasets.GIVE_UP.text],
  'sweep: datasets expired': [datasets.RECOVER_EXPIRED.text],
  'sweep: datasets undelivered': [datasets.UNDELIVERED.text, NO_JOB],
  'sweep: expired answers': [REMOVE_EXPIRED.text],
  'sweep: model files': [NEXT_DUE.text, A_DAY],
  'retention, nothing old': [REMOVE_OLD, 100_000 * A_DAY, 50, 20_000],
};
