import { CLIENT_ACTIONS } from './client-actions.js';
import { DATASET_ACTIONS } from './dataset-actions.js';
import type { Action } from './moment.js';
import type { Name } from './step.js';
import { TIME_ACTIONS } from './time-actions.js';
import { WORKER_ACTIONS } from './worker-actions.js';

/** What each step does, with the platform's own classes and statements. */
export const ACTIONS: Readonly<Record<Name, Action>> = {
  ...CLIENT_ACTIONS,
  ...WORKER_ACTIONS,
  ...TIME_ACTIONS,
  ...DATASET_ACTIONS,
};
