import { createHash } from 'node:crypto';
import path from 'node:path';
import { readFileSync } from 'node:fs';
import { PENGUINS, penguinsCsv } from './factories/penguins.factory.js';
import { testToken } from './support/client.js';
import { eventually } from './support/eventually.js';
import { TestPlatform } from './support/platform.js';
import { ended, startedJob, versionsOf } from './support/training.js';
import { type DatasetAnswer, declared, filesIn, settled, slowUpload, upload, uploaded } from './support/uploads.js';

const LIMIT = 1_000_000;

const sha256 = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest();

const FORM = { 'content-type': 'multipart/form-data; boundary=x' };

/** A form of so many parts. */
function formOf(count: number, more = ''): string {
  const parts = Array.from({ length: count }, (_, index) => {
    const disposition = [`form-data; name="part${index}"`, more].filter(Boolean).join('; ');
    return `--x\r\nContent-Disposition: ${disposition}\r\n\r\na,b\r\n`;
  });
  return `${parts.join('')}--x--\r\n`;
}

describe('uploads', () => {
  let platform: TestPlatform;
  const stored = () => filesIn(path.join(platform.folder, 'datasets'));

  beforeAll(async () => {
    platform = await TestPlatform.start({ environment: { UPLOAD_LIMIT_BYTES: String(LIMIT) } });
  });
  afterAll(() => platform.stop());

  describe('of a csv', () => {
    it('are looked into, profiled, and trained on', async () => {
      const { client } = platform;
      const csv = penguinsCsv();
      const dataset = await uploaded(client, csv);
      expect(dataset).toMatchObject({
        status: 'ready',
        size: PENGUINS.rows,
        features: PENGUINS.features,
        content: { bytes: Buffer.byteLength(csv), sha256: sha256(csv).toString('hex') },
      });
      const profile = await client.get<{ rows: number; classes: { value: string; count: number }[] }>(
        `/datasets/${dataset.id}/profile`,
      );
      expect(profile.body.rows).toBe(PENGUINS.rows);
      expect(profile.body.classes.map(({ value, count }) => [value, count])).toEqual(PENGUINS.classes);
      const preview = await client.get<{ rows: unknown[][] }>(`/datasets/${dataset.id}/preview?limit=3`);
      expect(preview.body.rows).toHaveLength(3);

      const jobId = await startedJob(client, dataset.id, { modelId: 'penguins', hyperparameters: { epochs: 2 } });
      const job = await ended(client, jobId);
      expect(job).toMatchObject({ status: 'completed', datasetSha256: sha256(csv).toString('hex') });
      expect(job.metrics).toMatchObject({ classes: PENGUINS.classes.map(([value]) => value) });
      expect(await versionsOf(client, 'penguins')).toMatchObject([{ version: '1.0.0', status: 'ready' }]);
    });

    it('may come before anything else is known, and jobs wait for them', async () => {
      const { client } = platform;
      const id = await declared(client);
      const jobId = await startedJob(client, id, { hyperparameters: { epochs: 1 } });
      expect((await upload(client, id, penguinsCsv())).body.status).toBe('processing');
      expect(await ended(client, jobId)).toMatchObject({ status: 'completed' });
    });
  });

  describe('on their way', () => {
    it('come as a form as well, under the name of their file', async () => {
      const { client } = platform;
      const id = await declared(client);
      const form = new FormData();
      form.set('note', 'passed over');
      form.set('file', new Blob([penguinsCsv()]), '../../Pinguine "2026".csv');
      const encoded = new Response(form);
      const body = new Uint8Array(await encoded.arrayBuffer());
      const answer = await upload(client, id, body, { 'content-type': encoded.headers.get('content-type')! });
      expect(answer.status).toBe(202);
      const { content, status } = await settled(client, id);
      expect(status).toBe('ready');
      expect(content).toMatchObject({ bytes: penguinsCsv().length, fileName: 'Pinguine _2026_.csv' });
    });

    it('are checked against the digest that was announced', async () => {
      const { client } = platform;
      const id = await declared(client);
      const before = stored().length;
      const digest = sha256(penguinsCsv()).toString('base64');
      const wrong = sha256('something else').toString('base64');
      for (const [headers, code] of [
        [{ 'content-digest': `sha-256=:${wrong}:` }, 'digest_mismatch'],
        [{ digest: `SHA-256=${wrong}` }, 'digest_mismatch'],
        [{ 'content-digest': 'sha-256=nonsense' }, 'digest_malformed'],
      ] as const) {
        expect(await upload(client, id, penguinsCsv(), headers)).toMatchObject({ status: 400, body: { code } });
      }
      expect(stored()).toHaveLength(before);
      expect((await upload(client, id, penguinsCsv(), { 'content-digest': `sha-256=:${digest}:` })).status).toBe(202);
      await settled(client, id);
    });

    it.each([
      ['by their announced length', { 'content-length': String(LIMIT + 1) }, 1],
      ['as soon as they pass the limit', {}, LIMIT + 1],
    ])('are refused %s', async (_when, headers, sent) => {
      const { client } = platform;
      const id = await declared(client);
      const before = stored().length;
      const { request, answer } = slowUpload(client, id, headers);
      request.on('error', () => {});
      // Never ended: the answer must not wait for more.
      request.write(Buffer.alloc(sent, 'a'));
      const { status, text } = await answer;
      expect(status).toBe(413);
      expect(JSON.parse(text)).toMatchObject({ code: 'content_too_large' });
      request.destroy();
      await eventually(() => stored().length === before, 'nothing is left of it');
    });

    it('leave nothing when they break off, and can be sent again', async () => {
      const { client } = platform;
      const id = await declared(client);
      const before = stored().length;
      const { request, answer } = slowUpload(client, id, { 'content-length': '100000' });
      answer.catch(() => {});
      request.on('error', () => {});
      request.write('species,mass\n');
      await eventually(() => stored().length > before, 'the upload has begun');
      request.destroy();
      await eventually(() => stored().length === before, 'nothing is left of it');
      expect((await client.get<DatasetAnswer>(`/datasets/${id}`)).body).toMatchObject({ status: 'uploading' });
      await upload(client, id, penguinsCsv());
      expect(await settled(client, id)).toMatchObject({ status: 'ready' });
    });

    it.each([
      ['an empty body', '', {}, 400, 'content_empty'],
      [
        'a form without a file',
        '--x\r\n\r\n--x--\r\n',
        { 'content-type': 'multipart/form-data; boundary=x' },
        400,
        'multipart_malformed',
      ],
      [
        'a form that breaks off',
        '--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\na,b',
        { 'content-type': 'multipart/form-data; boundary=x' },
        400,
        'multipart_malformed',
      ],
      ['a form of too many parts', formOf(35), FORM, 400, 'multipart_malformed'],
      ['a form of two files', formOf(2, 'filename="a.csv"'), FORM, 400, 'multipart_malformed'],
      ['a form without a boundary', 'a,b', { 'content-type': 'multipart/form-data' }, 400, 'multipart_malformed'],
      ['a packed body', 'a,b', { 'content-encoding': 'gzip' }, 415, 'content_encoding_unsupported'],
    ])('are refused with %s', async (_what, body, headers, status, code) => {
      const { client } = platform;
      const id = await declared(client);
      const before = stored().length;
      expect(await upload(client, id, body, headers as Record<string, string>)).toMatchObject({
        status,
        body: { code },
      });
      expect(stored()).toHaveLength(before);
      expect((await client.get<DatasetAnswer>(`/datasets/${id}`)).body).toMatchObject({ status: 'uploading' });
    });

    it('take effect once when they come several times at once', async () => {
      const { client } = platform;
      const id = await declared(client);
      const before = stored().length;
      const answers = await Promise.all(Array.from({ length: 6 }, () => upload(client, id, penguinsCsv())));
      const statuses = answers.map(({ status }) => status);
      expect(statuses.filter((status) => status === 202)).toHaveLength(1);
      expect(statuses.filter((status) => status === 409)).toHaveLength(5);
      expect(await settled(client, id)).toMatchObject({ status: 'ready' });
      await eventually(() => stored().length === before + 1, 'one content is kept');
    });
  });

  describe('that are not wanted', () => {
    it('are refused by a dataset that is ready, or no upload', async () => {
      const { client } = platform;
      const { id } = await uploaded(client, penguinsCsv());
      const again = await upload(client, id, penguinsCsv());
      expect(again).toMatchObject({ status: 409, body: { code: 'dataset_content_fixed', currentStatus: 'ready' } });
      expect(again.text).toContain('derivedFrom');
      const newer = await declared(client, { derivedFrom: id });
      expect((await client.get<DatasetAnswer>(`/datasets/${newer}`)).body.derivedFrom).toBe(id);
      const elsewhere = await declared(client, { size: 1, features: ['mass'], metadata: { source: 'CRM' } });
      const refused = await upload(client, elsewhere, penguinsCsv());
      expect(refused).toMatchObject({ status: 409, body: { code: 'dataset_not_an_upload' } });
    });

    it('find no dataset of another tenant', async () => {
      const { client } = platform;
      const { id } = await uploaded(client, penguinsCsv());
      const stranger = client.as(testToken({ tenant: 'other' }));
      expect((await upload(stranger, id, penguinsCsv())).status).toBe(404);
      for (const what of ['content', 'profile', 'preview']) {
        expect((await stranger.get(`/datasets/${id}/${what}`)).body).toMatchObject({ code: 'dataset_not_found' });
      }
      expect((await stranger.post(`/datasets/${id}/process`)).status).toBe(404);
      expect((await stranger.delete(`/datasets/${id}`)).status).toBe(404);
      expect((await stranger.post('/datasets', { ...DERIVED, derivedFrom: id })).body).toMatchObject({
        errors: [{ pointer: '/derivedFrom', code: 'unknown_dataset' }],
      });
    });
  });

  describe('that are in error', () => {
    it('say where, and are looked at again once the declaration is mended', async () => {
      const { client } = platform;
      const dataset = await uploaded(client, penguinsCsv(), { targetColumn: 'kind' });
      expect(dataset).toMatchObject({ status: 'error', error: { code: 'target_missing', column: 'kind' } });
      expect(dataset.problems).toHaveLength(1);
      const { id } = dataset;
      expect((await client.get(`/datasets/${id}/profile`)).body).toMatchObject({ code: 'dataset_profile_missing' });
      expect((await client.post(`/datasets/${id}/process`)).status).toBe(202);
      expect(await settled(client, id)).toMatchObject({ status: 'error' });
      await client.patch(`/datasets/${id}`, { targetColumn: 'species' });
      const mended = await settled(client, id);
      expect(mended).toMatchObject({ status: 'ready', size: PENGUINS.rows });
      expect(mended.error).toBeUndefined();
      expect(await client.post(`/datasets/${id}/process`)).toMatchObject({
        status: 409,
        body: { code: 'dataset_not_processable', currentStatus: 'ready' },
      });
    });

    it('are replaced by a new upload', async () => {
      const { client } = platform;
      const before = stored().length;
      const { id, error } = await uploaded(client, 'species,mass\nAdelie,1\nGentoo\n');
      expect(error).toMatchObject({ code: 'row_too_short', row: 3 });
      await upload(client, id, penguinsCsv());
      expect(await settled(client, id)).toMatchObject({ status: 'ready', size: PENGUINS.rows });
      expect(stored()).toHaveLength(before + 1);
    });
  });

  describe('that are there', () => {
    it('can be had again, whole or in part', async () => {
      const { client } = platform;
      const csv = penguinsCsv();
      const { id, content } = await uploaded(client, csv, { name: 'Pinguine/2026' });
      const get = (headers: Record<string, string>) => client.raw('GET', `/datasets/${id}/content`, undefined, headers);
      const whole = await get({});
      expect(whole.text).toBe(csv);
      expect(whole.headers.get('etag')).toBe(`"${content!.sha256}"`);
      expect(whole.headers.get('content-disposition')).toBe('attachment; filename="2026.csv"');
      for (const [range, part] of [
        ['bytes=0-9', csv.slice(0, 10)],
        ['bytes=10-', csv.slice(10)],
        ['bytes=-5', csv.slice(-5)],
      ] as const) {
        const answer = await get({ range });
        expect([answer.status, answer.text]).toEqual([206, part]);
      }
      const head = await client.raw('HEAD', `/datasets/${id}/content`);
      expect([head.status, head.headers.get('content-length'), head.text]).toEqual([200, String(csv.length), '']);
      const beyond = await get({ range: `bytes=${csv.length}-` });
      expect(beyond).toMatchObject({ status: 416, body: { code: 'range_not_satisfiable' } });
      expect(beyond.headers.get('content-range')).toBe(`bytes */${csv.length}`);
      expect((await get({ 'if-none-match': `"${content!.sha256}"` })).status).toBe(304);
      expect((await get({ range: 'bytes=0-9', 'if-range': '"another"' })).status).toBe(200);
    });

    it('are handed out under no name of a program, and with the charset that they were read in', async () => {
      const { client } = platform;
      const given = async (fileName: string, bytes: string | Uint8Array<ArrayBuffer>) => {
        const id = await declared(client);
        await upload(client, id, bytes, { 'content-disposition': `attachment; filename="${fileName}"` });
        await settled(client, id);
        const { headers } = await client.get(`/datasets/${id}/content`);
        expect(headers.get('x-content-type-options')).toBe('nosniff');
        return [headers.get('content-disposition'), headers.get('content-type')];
      };
      const csv = penguinsCsv();
      expect(await given('x.exe', csv)).toEqual(['attachment; filename="x.exe.csv"', 'text/csv; charset=utf-8']);
      expect(await given('data.CSV', csv)).toEqual(['attachment; filename="data.CSV"', 'text/csv; charset=utf-8']);
      const latin = Uint8Array.from(Buffer.from('x,species\n1,M\xf6we\n2,Star\n', 'latin1'));
      expect(await given('x.tsv', latin)).toEqual(['attachment; filename="x.tsv"', 'text/csv; charset=windows-1252']);
      // A program that calls itself a csv: nobody has read it as a text, so no charset is claimed.
      const program = Uint8Array.from(Buffer.from('MZ\0\0program', 'latin1'));
      expect(await given('x.exe', program)).toEqual(['attachment; filename="x.exe.csv"', 'text/csv']);
    });

    it('go with their dataset, unless jobs refer to it', async () => {
      const { client } = platform;
      const before = stored().length;
      const { id } = await uploaded(client, penguinsCsv());
      const jobId = await startedJob(client, id, {
        modelId: 'gone',
        simulation: { faults: [{ kind: 'fail', atEpoch: 1 }] },
      });
      await ended(client, jobId);
      expect(await client.delete(`/datasets/${id}`)).toMatchObject({ status: 409, body: { code: 'dataset_in_use' } });
      expect((await client.delete(`/jobs/${jobId}`)).status).toBe(204);
      expect((await client.delete(`/datasets/${id}`)).status).toBe(204);
      expect((await client.get(`/datasets/${id}/content`)).status).toBe(404);
      expect(stored()).toHaveLength(before);
      expect(await platform.database.rows('SELECT FROM dataset_profiles WHERE dataset_id = $1', [id])).toEqual([]);
    });

    it('lie in the store as they came', async () => {
      const { client, database } = platform;
      const { id } = await uploaded(client, penguinsCsv());
      const [row] = await database.rows<{ content_key: string }>(
        'SELECT content_key FROM training_datasets WHERE id = $1',
        [id],
      );
      const file = path.join(platform.folder, 'datasets', row!.content_key);
      expect(readFileSync(file, 'utf8')).toBe(penguinsCsv());
    });
  });
});

const DERIVED = { name: 'Derived', type: 'nlp', metadata: { source: 'upload', format: 'json' } };
