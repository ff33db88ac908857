import { take, type Course } from './step.js';

/** Job 0 is claimed and has trained every epoch. */
const TRAINED = [take('start'), take('claim'), take('epoch'), take('epoch'), take('epoch')];
const LOST = [take('lease-expires'), take('declare-lost')];

/** Taken before any that chance brings: together they take every way through the state machines that the SQL has. */
export const KNOWN_COURSES: Record<string, Course> = {
  'a run completes': [...TRAINED, take('saving'), take('complete'), take('complete')],
  'a worker that was declared lost comes back and completes': [
    ...[...TRAINED, ...LOST, take('heartbeat'), ...LOST, take('complete'), take('dispatch')],
    ...[take('deliver'), take('deliver')],
  ],
  'a worker that was declared lost comes back and fails': [
    ...[...TRAINED, ...LOST, take('fail'), take('dispatch'), take('retry-of', { odd: true })],
  ],
  'a job is cancelled before its start, and a run by its worker': [
    ...[take('cancel'), take('start', { job: 1 }), take('claim', { job: 1 }), take('cancel', { job: 1 })],
    ...[take('complete', { job: 1 }), take('end-cancelled', { job: 1 }), take('retry-of', { job: 1 })],
  ],
  'a dataset gets ready, and the job that waits for it goes on': [
    ...[take('start', { job: 2 }), take('dispatch'), take('dataset-claim'), take('dataset-settle', { job: 1 })],
    take('claim', { job: 2 }),
  ],
  'a dataset ends in error, and the job that waits for it fails; it is mended': [
    ...[take('start', { job: 2 }), take('dispatch'), take('dataset-claim'), take('dataset-settle')],
    ...[take('retry-of', { job: 2 }), take('dataset-mend'), take('retry-of', { job: 2 }), take('fail-waiting')],
  ],
  'content comes while the dataset is looked at, and again once it is in error': [
    ...[take('start', { job: 2 }), take('dispatch'), take('dataset-claim'), take('dataset-upload')],
    ...[take('dataset-release'), take('dispatch'), take('dataset-claim'), take('dataset-settle', { age: 1 })],
    ...[take('dataset-settle'), take('dataset-upload'), take('dispatch'), take('dataset-claim')],
    take('dataset-settle', { job: 1 }),
  ],
};
