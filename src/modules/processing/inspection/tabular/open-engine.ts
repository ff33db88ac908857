import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { InspectionLimits } from '../inspection.js';
import { literal } from './sql.js';

/** Whole numbers of 64 bits and more come as texts, so that none loses digits. */
export type Row = Record<string, unknown>;

export interface Engine {
  run(sql: string): Promise<void>;
  rows(sql: string): Promise<Row[]>;
  close(): void;
}

/** An engine that reads the file and nothing else. */
export type EngineOn = (file: string) => Promise<Engine>;

/** DuckDB on a database of its own in `scratch`, which reads `file` and nothing else of the host. */
export async function openEngine(file: string, scratch: string, limits: InspectionLimits): Promise<Engine> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(join(scratch, 'table.duckdb'));
  const connection = await instance.connect();
  // Nobody opens the database again.
  await connection.run('PRAGMA disable_checkpoint_on_shutdown');
  for (const setting of settings(file, scratch, limits)) await connection.run(`SET ${setting}`);
  return engineOf(connection, () => {
    connection.closeSync();
    instance.closeSync();
  });
}

function settings(file: string, scratch: string, limits: InspectionLimits): string[] {
  return [
    `memory_limit = '${limits.memoryMb}MiB'`,
    `threads = ${limits.threads}`,
    `max_temp_directory_size = '${Math.ceil(limits.maxExpandedBytes / 1_048_576)}MiB'`,
    `temp_directory = ${literal(join(scratch, 'spill'))}`,
    `TimeZone = 'UTC'`,
    `autoinstall_known_extensions = false`,
    `autoload_known_extensions = false`,
    `allow_community_extensions = false`,
    `allowed_paths = [${literal(file)}]`,
    `allowed_directories = [${literal(scratch)}]`,
    `enable_external_access = false`,
    `lock_configuration = true`,
  ];
}

function engineOf(connection: DuckDBConnection, close: () => void): Engine {
  return {
    close,
    async run(sql) {
      await connection.run(sql);
    },
    async rows(sql) {
      const reader = await connection.runAndReadAll(sql);
      return reader.getRowObjectsJson();
    },
  };
}
