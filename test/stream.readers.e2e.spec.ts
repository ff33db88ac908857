import net from 'node:net';
import { datasetRow, jobRow } from './factories/row.factory.js';
import { BASE_PATH, type Client, testToken } from './support/client.js';
import { EventStream } from './support/event-stream.js';
import { eventually } from './support/eventually.js';
import { TestPlatform } from './support/platform.js';

/** More than all buffers between API and client hold. */
const EPOCHS = 60_000;

describe('readers that do not behave', () => {
  let platform: TestPlatform;
  let path: string;

  beforeAll(async () => {
    platform = await TestPlatform.start({ workers: 0 });
    const { database } = platform;
    const jobId = await jobRow(database, await datasetRow(database), { total_epochs: EPOCHS });
    await database.rows(
      `INSERT INTO training_progress (job_id, current_epoch, tenant_id, attempt, loss, validation_loss, learning_rate,
         estimated_time_remaining)
       SELECT $1, epoch, 'default', 1, 0.5, 0.6, 0.001, 0 FROM generate_series(1, $2::int) AS epoch`,
      [jobId, EPOCHS],
    );
    await database.rows('UPDATE training_jobs SET current_epoch = $2 WHERE id = $1', [jobId, EPOCHS]);
    path = `/jobs/${jobId}/progress/stream`;
  });

  afterAll(() => platform.stop());

  const limited = (streams: number) => platform.addApi({ STREAMS_PER_USER: String(streams) });
  const isFree = (api: Client) =>
    eventually(async () => {
      const stream = await EventStream.open(api.origin, path);
      stream.cut();
      return stream.status === 200;
    }, 'the place of the reader is free again');

  it('miss nothing of a long history', async () => {
    const stream = await EventStream.open(platform.client.origin, `${path}?after=0`);
    let last = 0;
    for await (const { name, data } of stream) {
      if (name !== 'progress') continue;
      expect(data.currentEpoch).toBe(++last);
      if (last === EPOCHS) break;
    }
    stream.cut();
  });

  it('are ended with their token, although they take nothing', async () => {
    const api = await limited(1);
    const stalled = await EventStream.open(api.origin, `${path}?after=0`, { token: testToken({}, 2) });
    expect(stalled.status).toBe(200);
    await isFree(api);
    stalled.cut();
  });

  it('hold up no process that is told to end', async () => {
    const api = await limited(5);
    const stalled = await EventStream.open(api.origin, `${path}?after=0`);
    const { ended, stop } = platform.apis.at(-1)!;
    await stop.call(platform.apis.at(-1)!);
    expect(await ended).toEqual({ code: 0, signal: null });
    stalled.cut();
  });

  it('leave their places when they hang up before an answer that waits for another', async () => {
    const api = await limited(4);
    const { port, hostname } = new URL(api.origin);
    const request = `GET ${BASE_PATH}${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${testToken()}\r\n\r\n`;
    for (let round = 0; round < 4; round++) {
      const socket = net.connect(Number(port), hostname);
      socket.on('error', () => {});
      socket.write(request + request);
      await new Promise((resolve) => socket.once('data', resolve));
      socket.destroy();
    }
    await isFree(api);
  });
});
