import pg from 'pg';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../src/database/connection.js';
import { BLOCK_EPOCHS } from '../src/modules/jobs/progress-block.entity.js';
import { BlockWriter } from '../src/modules/training/blocks/block.writer.js';
import { testDatabase } from '../test/support/database.js';
import { benchmark } from './harness/benchmark.js';
import { interleave, type Subject } from './harness/interleave.js';
import { ratioOf } from './harness/report.js';
import { byFencedStatement, byTwoStatements, byTypeOrm, copied } from './recorder/known.js';
import { recording, SETTINGS, WITHOUT_GROUP_COMMIT } from './recorder/recording.js';
import { apart, epochsASecond, type Racing, runningJobs } from './recorder/running-jobs.js';
import { tellOffered } from './recorder/tell-offered.js';

/**
 * Epochs a second that the recorder commits, of 1 to 1,000 runs, held against what is usually written and against COPY of
 * the same rows into the same table. bench/README.md tells what is fair about it.
 */
const RUNS = [1, 10, 100, 1_000];
const CONNECTIONS = [1, 10];
const WITH_BLOCKS = 'recorder, 1,000 runs, with blocks for long histories';
const UNGROUPED = 'recorder, 1,000 runs, group commit taken out';
const COPY = 'COPY, one connection, no job rows';

await benchmark('recorder', async ({ full, rounds, report }) => {
  const ms = full ? 4_000 : 1_000;
  const database = await testDatabase();
  const sources: DataSource[] = [];
  const connect = async (connections: number) => {
    const source = await new DataSource(dataSourceOptions(database.url, connections)).initialize();
    sources.push(source);
    return { source, pool: (source.driver as unknown as { master: pg.Pool }).master };
  };
  const copying = new pg.Client(database.url);
  await copying.connect();
  try {
    const subjects: Record<string, Subject> = {};
    const { pool } = await connect(10);
    const record = (runs: Racing[], settings = SETTINGS, blocks?: BlockWriter): Subject => {
      const write = recording(pool, settings, runs, blocks);
      return () => epochsASecond(runs, ms, write);
    };
    for (const count of RUNS) subjects[recorderOf(count)] = record(await runningJobs(database, count));
    subjects[UNGROUPED] = record(await runningJobs(database, 1_000), WITHOUT_GROUP_COMMIT);
    const spread = await apart(database, await runningJobs(database, 1_000), BLOCK_EPOCHS);
    subjects[WITH_BLOCKS] = record(spread, SETTINGS, new BlockWriter(pool));
    for (const connections of CONNECTIONS) {
      const { source, pool: own } = await connect(connections);
      const told = connections === 1 ? 'one connection' : `${connections} connections`;
      const ways = {
        'TypeORM save + update': byTypeOrm(source),
        'two plain statements': byTwoStatements(own),
        'one fenced statement an epoch': byFencedStatement(own),
      };
      for (const [name, write] of Object.entries(ways)) {
        const runs = await runningJobs(database, connections);
        subjects[`${name}, ${told}`] = () => epochsASecond(runs, ms, write);
      }
    }
    const rows = await runningJobs(database, 1_000);
    subjects[COPY] = () => copied(copying, rows, ms);
    const table = report.table('Epochs committed', 'epochs/s', COPY, await interleave(rounds, subjects));
    const of = (name: string) => ratioOf(table, name);
    report.target('1,000 runs, of COPY', of(recorderOf(1_000)), { atLeast: 0.6 });
    const orm = of('TypeORM save + update, 10 connections');
    report.target('1,000 runs, times TypeORM over 10 connections', of(recorderOf(1_000)) / orm, { atLeast: 60 });
    const [{ blocks }] = (await database.rows<{ blocks: number }>(
      'SELECT count(*)::int AS blocks FROM training_progress_blocks',
    )) as [{ blocks: number }];
    report.note(`${blocks} blocks were written`);
    report.target('with blocks, of without', of(WITH_BLOCKS) / of(recorderOf(1_000)), { atLeast: 0.9 });
    report.target('group commit taken out, of with it', of(UNGROUPED) / of(recorderOf(1_000)), { atMost: 0.2 });
    const fenced = of('one fenced statement an epoch, one connection');
    report.target('one run, of one fenced statement an epoch', of(recorderOf(1)) / fenced, { atLeast: 1 });
    await tellOffered(report, rounds, ms, pool, await runningJobs(database, 1_000));
  } finally {
    await copying.end();
    for (const source of sources) await source.destroy();
    await database.drop();
  }
});

function recorderOf(runs: number): string {
  return `recorder, ${runs === 1 ? 'one run' : `${runs.toLocaleString('en')} runs`}`;
}
