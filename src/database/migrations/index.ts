import { InitialSchema1795000000000 } from './1795000000000-initial-schema.js';
import { Recovery1796000000000 } from './1796000000000-recovery.js';
import { IdempotencyKeys1796100000000 } from './1796100000000-idempotency-keys.js';
import { QueueView1796200000000 } from './1796200000000-queue-view.js';
import { DatasetContent1797000000000 } from './1797000000000-dataset-content.js';
import { Registry1798000000000 } from './1798000000000-registry.js';
import { Watching1799000000000 } from './1799000000000-watching.js';
import { Audit1800000000000 } from './1800000000000-audit.js';
import { Revocations1801000000000 } from './1801000000000-revocations.js';
import { AuditEntries1802000000000 } from './1802000000000-audit-entries.js';
import { AuditEntriesChecked1803000000000 } from './1803000000000-audit-entries-checked.js';
import { TraceContext1804000000000 } from './1804000000000-trace-context.js';
import { HistoryRemoved1805000000000 } from './1805000000000-history-removed.js';
import { HistoryKept1806000000000 } from './1806000000000-history-kept.js';
import { RoomForProgress1807000000000 } from './1807000000000-room-for-progress.js';
import { ProgressBlocks1812000000000 } from './1812000000000-progress-blocks.js';
import { Tallies1813000000000 } from './1813000000000-tallies.js';
import { ReadWithoutGrowing1814000000000 } from './1814000000000-read-without-growing.js';
import { HighestVersion1815000000000 } from './1815000000000-highest-version.js';
import { WhatModelsHave1816000000000 } from './1816000000000-what-models-have.js';
import { ModelsFound1817000000000 } from './1817000000000-models-found.js';

/** In the order in which they run. */
export const MIGRATIONS = [
  InitialSchema1795000000000,
  Recovery1796000000000,
  IdempotencyKeys1796100000000,
  QueueView1796200000000,
  DatasetContent1797000000000,
  Registry1798000000000,
  Watching1799000000000,
  Audit1800000000000,
  Revocations1801000000000,
  AuditEntries1802000000000,
  AuditEntriesChecked1803000000000,
  TraceContext1804000000000,
  HistoryRemoved1805000000000,
  HistoryKept1806000000000,
  RoomForProgress1807000000000,
  ProgressBlocks1812000000000,
  Tallies1813000000000,
  ReadWithoutGrowing1814000000000,
  HighestVersion1815000000000,
  WhatModelsHave1816000000000,
  ModelsFound1817000000000,
];
