import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { withServers } from '../../bench/harness/with-servers.js';
import { eventually } from '../support/eventually.js';
import { Metrics } from '../support/metrics.js';
import { TestPlatform } from '../support/platform.js';
import { createDataset, ended, startedJob } from '../support/training.js';

/**
 * `npm run drill:prometheus`: a real Prometheus (Debian's package `prometheus`) scrapes one API and two workers while a
 * load that is known runs: every metric of docs/metrics.md has to be there, and those that count it have to be right.
 */
const JOBS = 12;
const EPOCHS = 20;
const PORT = 19_490;

const names = [...readFileSync('docs/metrics.md', 'utf8').matchAll(/^\| `(ai_training_\w+)` +\| (\w+)/gm)].map(
  ([, name, type]) => ({ name: name!, series: type === 'histogram' ? `${name}_count` : name! }),
);

/** What is no request: the API closes the connection, and counts it. */
async function speakNonsense(origin: string): Promise<void> {
  const { hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname);
  socket.write('nonsense\r\n\r\n');
  await once(socket.resume(), 'close');
}

interface Answer {
  data: { result: { metric: Record<string, string>; value: [number, string] }[] };
}

async function query(expression: string): Promise<Answer['data']['result']> {
  const url = `http://127.0.0.1:${PORT}/api/v1/query?query=${encodeURIComponent(expression)}`;
  return ((await (await fetch(url)).json()) as Answer).data.result;
}
const valueOf = async (expression: string) => Number((await query(expression))[0]?.value[1] ?? Number.NaN);

async function drill(): Promise<boolean> {
  const platform = await TestPlatform.start({ workers: 2, environment: { METRICS_PORT: '0' } });
  const folder = mkdtempSync(path.join(tmpdir(), 'prometheus-'));
  const processes = [...platform.apis, ...platform.workers];
  const targets = (await Promise.all(processes.map((one) => Metrics.of(one)))).map(({ address }) => address);
  const file = path.join(folder, 'prometheus.yml');
  writeFileSync(
    file,
    JSON.stringify({
      global: { scrape_interval: '1s', scrape_timeout: '1s' },
      scrape_configs: [{ job_name: 'ai-training', static_configs: [{ targets }] }],
    }),
  );
  const flags = [
    `--config.file=${file}`,
    `--storage.tsdb.path=${folder}/data`,
    `--web.listen-address=127.0.0.1:${PORT}`,
  ];
  const prometheus = spawn('prometheus', flags, { stdio: 'ignore' });
  prometheus.once('error', ({ message }) => console.error(`prometheus: ${message}`));
  try {
    await eventually(async () => (await query('up').catch(() => [])).length === targets.length, 'all are scraped');
    const { client } = platform;
    const datasetId = await createDataset(client, { type: 'computer_vision' });
    // Long enough for leases to be renewed, which they are three times in two seconds here.
    const job = { modelType: 'cnn', hyperparameters: { epochs: EPOCHS }, simulation: { epochMs: 100 } };
    const jobs = await Promise.all(Array.from({ length: JOBS }, () => startedJob(client, datasetId, job)));
    for (const id of jobs) await ended(client, id);
    await speakNonsense(client.origin);
    const wanted: [expression: string, value: number][] = [
      ['sum(up)', targets.length],
      ['sum(ai_training_epochs_persisted_total)', JOBS * EPOCHS],
      ['sum(ai_training_runs_ended_total{outcome="completed",model_type="cnn"})', JOBS],
      ['sum(ai_training_run_duration_seconds_count)', JOBS],
      ['sum(ai_training_model_accuracy_count{model_type="cnn"})', JOBS],
      ['sum(ai_training_pickup_delay_seconds_count{queue="training"})', JOBS],
      ['sum(ai_training_dispatch_delay_seconds_count{queue="training"})', JOBS],
      [
        'sum(ai_training_http_request_duration_seconds_count{route="/v1/ai-training/jobs/:id/start",status="202"})',
        JOBS,
      ],
      ['max(ai_training_datasets{status="ready"})', 1],
      ['max(ai_training_workers_alive)', 2],
      ['max(ai_training_worker_slots)', 20],
      ['sum(ai_training_runs_active)', 0],
      ['min(ai_training_component_healthy)', 1],
      ['sum(ai_training_http_connections_refused_total)', 1],
    ];
    const read = () =>
      Promise.all(wanted.map(async ([expression, value]) => ({ expression, value, told: await valueOf(expression) })));
    const isRight = (all: Awaited<ReturnType<typeof read>>) => all.every(({ value, told }) => value === told);
    // A scrape tells of the rows what was so up to five seconds ago.
    const rows = await eventually(async () => isRight(await read()), 'all values are right', 30_000).then(read, read);
    for (const { expression, value, told } of rows)
      console.log(`${told === value ? 'right' : 'WRONG'}  ${expression} = ${told}`);
    const missing: string[] = [];
    for (const { name, series } of names) {
      if ((await query(series)).length === 0) missing.push(name);
    }
    console.log(`${names.length} metrics on the page, missing: ${missing.join(', ') || 'none'}`);
    return missing.length === 0 && isRight(rows);
  } finally {
    prometheus.kill();
    await platform.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

await withServers(async () => {
  process.exitCode = (await drill()) ? 0 : 1;
});
