import { CANCEL_AT_COMPLETION } from './cancel-at-completion.js';
import { CLOCK_OFF } from './clock.js';
import { DUPLICATE_DELIVERY } from './deliveries.js';
import { DISK_FULL } from './disk.js';
import { API_KILLED_BEFORE_DISPATCH } from './dispatch.js';
import type { FaultKind } from './kind.js';
import { DATABASE_HALF_OPEN, DATABASE_SLOW, REDIS_HALF_OPEN, REDIS_SLOW } from './network.js';
import { API_KILLED, API_TERMINATED, WORKER_KILLED, WORKER_STOPPED, WORKER_TERMINATED } from './processes.js';
import { DATABASE_KILLED, DATABASE_RESTARTED, REDIS_FLUSHED, REDIS_RESTARTED } from './servers.js';

/** Everything that can go wrong. A run in which one of them never struck has failed. */
export const FAULT_KINDS: readonly FaultKind[] = [
  WORKER_KILLED,
  WORKER_TERMINATED,
  WORKER_STOPPED,
  API_KILLED,
  API_TERMINATED,
  API_KILLED_BEFORE_DISPATCH,
  DATABASE_KILLED,
  DATABASE_RESTARTED,
  REDIS_RESTARTED,
  REDIS_FLUSHED,
  DUPLICATE_DELIVERY,
  CANCEL_AT_COMPLETION,
  CLOCK_OFF,
  DISK_FULL,
  DATABASE_SLOW,
  DATABASE_HALF_OPEN,
  REDIS_SLOW,
  REDIS_HALF_OPEN,
];
