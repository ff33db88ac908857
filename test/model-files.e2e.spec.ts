import { createHash } from 'node:crypto';
import { appendFileSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { BASE_PATH, testToken } from './support/client.js';
import { TestPlatform } from './support/platform.js';
import { refusal } from './support/problem.js';
import { fileOf, trained, versionPath } from './support/registry.js';
import type { VersionAnswer } from './support/training.js';

const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe('the model file of a version', () => {
  let platform: TestPlatform;
  let versions: VersionAnswer[];

  beforeAll(async () => {
    platform = await TestPlatform.start();
    versions = await trained(platform.client, 'filed', 6);
  });
  afterAll(() => platform.stop());

  const pathOf = (version: string) => `${versionPath('filed', version)}/artifact`;
  const stored = (minor: number) => fileOf(platform, versions[minor]!);
  const refused = async (version: string, client = platform.client) => refusal(await client.get(pathOf(version)));
  /** As it comes: parts of a JSON document are none. */
  const download = (version: string, headers: Record<string, string> = {}, method = 'GET') =>
    fetch(`${platform.client.origin}${BASE_PATH}${pathOf(version)}`, {
      method,
      headers: { authorization: `Bearer ${testToken()}`, ...headers },
    });
  const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer());
  const stateOf = async (version: string) =>
    (await platform.client.get<{ artifactState: string }>(versionPath('filed', version))).body.artifactState;

  it('comes whole, under a name, with its hash', async () => {
    const { sha256, fileSize } = versions[0]!;
    const answer = await download('1.0.0');
    const bytes = await bytesOf(answer);
    expect(answer.status).toBe(200);
    expect(bytes.equals(readFileSync(stored(0)))).toBe(true);
    expect([sha256Of(bytes), bytes.byteLength]).toEqual([sha256, fileSize]);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      etag: `"${sha256}"`,
      'repr-digest': `sha-256=:${Buffer.from(sha256!, 'hex').toString('base64')}:`,
      'content-length': String(fileSize),
      'content-type': 'application/json',
      'content-disposition': 'attachment; filename="filed-1.0.0.json"',
      'accept-ranges': 'bytes',
    });
    const head = await download('1.0.0', {}, 'HEAD');
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, String(fileSize), '']);
  });

  it('comes in parts, or not again to who has it', async () => {
    const { sha256, fileSize } = versions[0]!;
    const whole = readFileSync(stored(0));
    const part = await download('1.0.0', { range: 'bytes=10-19' });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 10-19/${fileSize}`]);
    expect((await bytesOf(part)).equals(whole.subarray(10, 20))).toBe(true);
    const ofThis = await download('1.0.0', { range: 'bytes=-5', 'if-range': `"${sha256}"` });
    expect([ofThis.status, await ofThis.text()]).toEqual([206, whole.subarray(-5).toString()]);
    const ofAnother = await download('1.0.0', { range: 'bytes=-5', 'if-range': '"another"' });
    expect([ofAnother.status, (await bytesOf(ofAnother)).byteLength]).toEqual([200, fileSize]);
    expect((await download('1.0.0', { 'if-none-match': `"${sha256}"` })).status).toBe(304);
    const beyond = await download('1.0.0', { range: `bytes=${fileSize}-` });
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${fileSize}`]);
  });

  it("is nobody else's", async () => {
    const stranger = platform.client.as(testToken({ tenant: 'other' }));
    expect(await refused('1.0.0', stranger)).toEqual([404, 'model_not_found']);
    expect((await stranger.delete(pathOf('1.0.0'))).status).toBe(404);
    expect(await refused('7.0.0')).toEqual([404, 'version_not_found']);
    expect(await refused('1.0')).toEqual([400, 'invalid_version']);
  });

  it('that is missing is said to be, on the version as well, until it is back', async () => {
    const bytes = readFileSync(stored(1));
    rmSync(stored(1));
    expect(await refused('1.1.0')).toEqual([404, 'artifact_missing']);
    expect(await stateOf('1.1.0')).toBe('missing');
    writeFileSync(stored(1), 'something else');
    expect(await refused('1.1.0')).toEqual([409, 'artifact_damaged']);
    await platform.database.rows(`UPDATE model_versions SET artefact_state = 'missing' WHERE id = $1`, [
      versions[1]!.id,
    ]);
    writeFileSync(stored(1), bytes);
    expect((await download('1.1.0')).status).toBe(200);
    expect(await stateOf('1.1.0')).toBe('intact');
  });

  it('that was cut short, grown or changed is refused, and the version says so', async () => {
    const changes: [string, (file: string, bytes: Buffer) => void][] = [
      ['1.2.0', (file, bytes) => writeFileSync(file, bytes.subarray(1))],
      ['1.3.0', (file) => appendFileSync(file, ' ')],
      ['1.4.0', (file, bytes) => writeFileSync(file, bytes.fill('7', 100, 101))],
    ];
    for (const [index, [version, change]] of changes.entries()) {
      change(stored(index + 2), readFileSync(stored(index + 2)));
      const answers = [await refused(version), await stateOf(version), await refused(version)];
      expect(answers).toEqual([[409, 'artifact_damaged'], 'damaged', [409, 'artifact_damaged']]);
    }
  });

  it('that is long is broken off before its end when it was changed', async () => {
    const bytes = Buffer.alloc(1_000_000, 'a');
    const { id } = versions[5]!;
    const values = [id, bytes.byteLength, sha256Of(bytes)];
    await platform.database.rows('UPDATE model_versions SET file_size = $2, sha256 = $3 WHERE id = $1', values);
    writeFileSync(stored(5), bytes);
    expect((await bytesOf(await download('1.5.0'))).equals(bytes)).toBe(true);
    writeFileSync(stored(5), bytes.fill('b', 999_999));
    const answer = await download('1.5.0');
    expect(answer.status).toBe(200);
    await expect(answer.arrayBuffer()).rejects.toThrow();
    expect(await stateOf('1.5.0')).toBe('damaged');
  });

  it('cannot be had while its folder is away, and is not taken for missing', async () => {
    renameSync(platform.artefacts, `${platform.artefacts}.away`);
    expect(await refused('1.0.0')).toEqual([503, 'storage_unavailable']);
    expect((await download('1.0.0', {}, 'HEAD')).status).toBe(503);
    renameSync(`${platform.artefacts}.away`, platform.artefacts);
    expect(await stateOf('1.0.0')).toBe('intact');
    expect((await download('1.0.0')).status).toBe(200);
  });

  it('cannot be had while the store is away', async () => {
    const away = {
      S3_BUCKET: 'none',
      S3_ENDPOINT: 'http://127.0.0.1:1',
      S3_ACCESS_KEY_ID: 'a',
      S3_SECRET_ACCESS_KEY: 'b',
    };
    const client = await platform.addApi(away);
    expect(await refused('1.0.0', client)).toEqual([503, 'storage_unavailable']);
    expect(await stateOf('1.0.0')).toBe('intact');
  });
});
