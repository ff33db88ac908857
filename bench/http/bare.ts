import http from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { newId } from '../../src/database/id.js';
import { DEFAULT_ALERTS } from '../../src/modules/jobs/alerting/alert-settings.js';
import { DEFAULT_CONFIGURATION } from '../../src/modules/jobs/configuration/default-configuration.js';
import * as statements from './bare.statements.js';

/**
 * The least that answers the same: node:http, pg, one prepared statement, JSON. It asks nobody who they are, checks
 * nothing that it is sent, and keeps no record.
 */
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: Number(process.env.DATABASE_POOL_SIZE) });
const TENANT = 'default';
const PAGE = 50;

type Row = Record<string, unknown>;

/** What has no value is left out. */
const told = (row: unknown) => JSON.stringify(row, (_, value: unknown) => (value === null ? undefined : value));

async function listed(cursor: string | null): Promise<string> {
  const { rows } = await pool.query<Row>({ ...statements.LIST_JOBS, values: [TENANT, cursor ?? '~', PAGE + 1] });
  const data = rows.slice(0, PAGE);
  const hasMore = rows.length > PAGE;
  return told({ data, nextCursor: hasMore ? data.at(-1)!.id : null, hasMore });
}

interface Creation {
  name: string;
  datasetId: string;
  modelType: string;
  hyperparameters: object;
}

async function created({ name, datasetId, modelType, hyperparameters }: Creation): Promise<string> {
  const client = await pool.connect();
  try {
    const author = JSON.stringify({ actor: 'tester', action: 'jobs_create', requestId: newId('job'), address: '::1' });
    await client.query('BEGIN');
    await client.query({ ...statements.AUTHOR, values: [author] });
    await client.query({ ...statements.HOLD_DATASET, values: [TENANT, datasetId] });
    await client.query({ ...statements.ENSURE_MODEL, values: [TENANT, name] });
    const { rows } = await client.query<Row>({
      ...statements.INSERT_JOB,
      values: [
        ...[newId('job'), TENANT, name, datasetId, name, modelType, hyperparameters],
        ...[DEFAULT_CONFIGURATION, DEFAULT_ALERTS],
      ],
    });
    await client.query('COMMIT');
    return told(rows[0]);
  } finally {
    client.release();
  }
}

async function bodyOf(request: http.IncomingMessage): Promise<Creation> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk as string;
  return JSON.parse(text) as Creation;
}

async function answer(request: http.IncomingMessage): Promise<string | undefined> {
  const url = new URL(request.url!, 'http://localhost');
  const [, , , , id, part] = url.pathname.split('/');
  if (request.method === 'POST') return created(await bodyOf(request));
  if (id === undefined) return listed(url.searchParams.get('cursor'));
  const statement = part === 'progress' ? statements.GET_PROGRESS : statements.GET_JOB;
  const { rows } = await pool.query<Row>({ ...statement, values: [TENANT, id] });
  return rows[0] && told(rows[0]);
}

const server = http.createServer((request, response) => {
  void answer(request).then((text) => {
    const status = text === undefined ? 404 : request.method === 'POST' ? 201 : 200;
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text ?? '') };
    response.writeHead(status, headers).end(text);
  });
});
server.listen(0, '127.0.0.1', () => process.send!({ type: 'ready', port: (server.address() as AddressInfo).port }));
process.once('SIGTERM', () => process.exit());
