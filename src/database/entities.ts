import { StoredAnswer } from '../http/idempotency/stored-answer.entity.js';
import { AlertChange } from '../modules/alerts/alert-change.entity.js';
import { Alert } from '../modules/alerts/alert.entity.js';
import { AuditEntry } from '../modules/audit/audit-entry.entity.js';
import { AuditHead } from '../modules/audit/audit-head.entity.js';
import { Revocation } from '../modules/auth/revocation/revocation.entity.js';
import { Dataset } from '../modules/datasets/dataset.entity.js';
import { DatasetProfileRow } from '../modules/datasets/profile/dataset-profile.entity.js';
import { Job } from '../modules/jobs/job.entity.js';
import { JobEvent } from '../modules/jobs/job-event.entity.js';
import { ProgressBlock } from '../modules/jobs/progress-block.entity.js';
import { Progress } from '../modules/jobs/progress.entity.js';
import { Deployment } from '../modules/models/deployment/deployment.entity.js';
import { ModelLabel } from '../modules/models/finding/model-label.entity.js';
import { ModelMeasure } from '../modules/models/finding/model-measure.entity.js';
import { ModelVersion } from '../modules/models/model-version.entity.js';
import { Model } from '../modules/models/model.entity.js';
import { RemovedFile } from '../modules/models/space/removed-file.entity.js';
import { TallyChange } from './tallies/tally-change.entity.js';
import { Tally } from './tallies/tally.entity.js';
import { WorkerProcess } from '../modules/workers/worker.entity.js';

/** Every table of the platform, for the connection and for the test that compares entities and schema. */
export const ENTITIES = [
  Dataset,
  DatasetProfileRow,
  Job,
  JobEvent,
  Progress,
  ProgressBlock,
  Alert,
  AlertChange,
  Model,
  ModelVersion,
  ModelLabel,
  ModelMeasure,
  Deployment,
  RemovedFile,
  WorkerProcess,
  Tally,
  TallyChange,
  StoredAnswer,
  AuditEntry,
  AuditHead,
  Revocation,
];
