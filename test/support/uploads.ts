import http from 'node:http';
import { readdirSync } from 'node:fs';
import { BASE_PATH, type Answer, type Client, testToken } from './client.js';
import { eventually } from './eventually.js';

/** As much of a dataset's answer as tests look at. */
export interface DatasetAnswer {
  id: string;
  status: string;
  size?: number;
  features?: string[];
  targetColumn?: string;
  error?: { code: string; detail: string; row?: number; column?: string };
  problems?: { code: string; row?: number; column?: string }[];
  content?: { bytes: number; sha256: string; fileName?: string };
  derivedFrom?: string;
}

type Bytes = string | Uint8Array<ArrayBuffer>;

/** Declares an upload and gives its id. */
export async function declared(client: Client, overrides: Record<string, unknown> = {}): Promise<string> {
  const body = {
    name: 'Uploaded',
    type: 'classification',
    targetColumn: 'species',
    ...overrides,
    metadata: { source: 'upload', format: 'csv', ...(overrides.metadata as object) },
  };
  const answer = await client.post<{ id: string }>('/datasets', body);
  if (answer.status !== 201) throw new Error(`POST /datasets answered ${answer.status}: ${answer.text}`);
  return answer.body.id;
}

export function upload(
  client: Client,
  id: string,
  bytes: Bytes,
  headers: Record<string, string> = {},
): Promise<Answer<DatasetAnswer>> {
  return client.raw('PUT', `/datasets/${id}/content`, bytes, { 'content-type': 'text/csv', ...headers });
}

/** Waits until nobody looks at the dataset any more. */
export function settled(client: Client, id: string, deadlineMs = 60_000): Promise<DatasetAnswer> {
  return eventually(
    async () => {
      const { body } = await client.get<DatasetAnswer>(`/datasets/${id}`);
      return ['ready', 'error'].includes(body.status) ? body : null;
    },
    `dataset ${id} is ready or in error`,
    deadlineMs,
  );
}

/** Declares, uploads and waits. */
export async function uploaded(
  client: Client,
  bytes: Bytes,
  overrides: Record<string, unknown> = {},
  deadlineMs?: number,
): Promise<DatasetAnswer> {
  const id = await declared(client, overrides);
  const answer = await upload(client, id, bytes);
  if (answer.status !== 202) throw new Error(`The upload was answered ${answer.status}: ${answer.text}`);
  return settled(client, id, deadlineMs);
}

/** An upload of which the test decides when something is sent. */
export function slowUpload(client: Client, id: string, headers: Record<string, string> = {}) {
  const request = http.request(`${client.origin}${BASE_PATH}/datasets/${id}/content`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${testToken()}`, 'content-type': 'text/csv', ...headers },
  });
  const answer = new Promise<{ status: number; text: string }>((resolve, reject) => {
    request.once('error', reject);
    request.once('response', (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode!, text }));
    });
  });
  return { request, answer };
}

/** Every file of a folder, unfinished ones as well. */
export function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => entry.name);
  } catch {
    return [];
  }
}
