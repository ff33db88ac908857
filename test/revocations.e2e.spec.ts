import { datasetRow, jobRow } from './factories/row.factory.js';
import { type Client, testToken } from './support/client.js';
import { EventStream } from './support/event-stream.js';
import { eventually } from './support/eventually.js';
import { TestPlatform } from './support/platform.js';
import { notAProblem, refusal } from './support/problem.js';

interface Revocation {
  id: string;
  subject?: string;
  revokedAt: string;
  actor: string;
  reason?: string;
}

const tokenOf = (sub: string, tenant = 'default') => testToken({ sub, tenant });
const isIn = async (client: Client, token: string) => (await client.as(token).get('/quotas')).status === 200;

describe('revoked tokens', () => {
  let platform: TestPlatform;
  let client: Client;
  let other: Client;

  beforeAll(async () => {
    platform = await TestPlatform.start({ apis: 2, workers: 0 });
    [client, other] = platform.clients as [Client, Client];
  });
  afterAll(() => platform.stop());

  const revoke = (subject: string, reason?: string) => client.post<Revocation>('/revocations', { subject, reason });
  const isShutOut = (api: Client, token: string) =>
    eventually(async () => {
      const answer = await api.as(token).get('/quotas');
      return answer.status === 401 && [notAProblem(answer), refusal(answer)[1]];
    }, 'the token is refused');

  it("are refused at once where they are revoked, and by the other APIs soon; others' are not", async () => {
    const [alice, bob, namesake] = [tokenOf('alice'), tokenOf('bob'), tokenOf('alice', 'acme')];
    expect(await Promise.all([alice, bob].flatMap((token) => [isIn(client, token), isIn(other, token)]))).toEqual(
      Array.from({ length: 4 }, () => true),
    );
    const revoked = await revoke('alice', 'Left the company.');
    expect([revoked.status, revoked.body]).toEqual([
      201,
      expect.objectContaining({ subject: 'alice', actor: 'tester', reason: 'Left the company.' }),
    ]);
    const refused = await client.as(alice).get('/quotas');
    expect([notAProblem(refused), ...refusal(refused)]).toEqual([null, 401, 'token_revoked']);
    expect(await isShutOut(other, alice)).toEqual([null, 'token_revoked']);
    for (const token of [bob, namesake]) expect(await isIn(other, token)).toBe(true);
  });

  it('are those that there were: later ones are good', async () => {
    const first = tokenOf('carol');
    await revoke('carol');
    expect(await isIn(client, first)).toBe(false);
    await eventually(() => isIn(client, tokenOf('carol')), 'a new token is good');
    expect(await isIn(client, first)).toBe(false);
  });

  it('are refused by an API that starts later', async () => {
    const token = tokenOf('dave');
    await revoke('dave');
    const late = await platform.addApi();
    expect(await isIn(late, token)).toBe(false);
  });

  it('end the streams that they opened, also by tickets, also at other APIs', async () => {
    const { database } = platform;
    const path = `/jobs/${await jobRow(database, await datasetRow(database))}/progress/stream`;
    const token = tokenOf('erin');
    const { body } = await client.as(token).post<{ ticket: string }>('/stream-tickets');
    const spare = await client.as(token).post<{ ticket: string }>('/stream-tickets');
    const streams = await Promise.all([
      EventStream.open(client.origin, path, { token }),
      EventStream.open(other.origin, `/jobs/stream?ticket=${body.ticket}`, { token: null }),
    ]);
    expect(streams.map(({ status }) => status)).toEqual([200, 200]);
    const theirs = await EventStream.open(other.origin, path, { token: tokenOf('frank') });
    await revoke('erin');
    for (const stream of streams) for await (const event of stream) expect(event).toBeDefined();
    await isShutOut(other, token);
    const again = await EventStream.open(other.origin, `/jobs/stream?ticket=${spare.body.ticket}`, { token: null });
    expect(again.status).toBe(401);
    await jobRow(database, await datasetRow(database));
    const { value } = await theirs[Symbol.asyncIterator]().next();
    expect(value).toMatchObject({ name: 'snapshot' });
    theirs.cut();
  });

  it('are one’s own, after logging out', async () => {
    const viewer = testToken({ sub: 'grace', roles: ['viewer'] });
    expect((await client.as(viewer).post('/revocations', { subject: 'bob' })).status).toBe(403);
    expect((await client.as(viewer).post('/revocations/own')).body).toMatchObject({ subject: 'grace', actor: 'grace' });
    expect(await isIn(client, viewer)).toBe(false);
  });

  it('are those of the whole tenant, and of no other', async () => {
    const everyone = ['henry', 'ida'].map((sub) => tokenOf(sub, 'acme'));
    const asked = await client.as(everyone[0]!).post<Revocation>('/revocations/everyone', { reason: 'A leak.' });
    expect([asked.status, asked.body.subject]).toEqual([201, undefined]);
    for (const token of everyone) expect(await isIn(client, token)).toBe(false);
    expect(await isIn(client, tokenOf('henry'))).toBe(true);
  });

  it('are listed, newest first, to admins of the tenant', async () => {
    const { body } = await client.get<{ data: Revocation[] }>('/revocations?limit=200');
    expect(body.data.map(({ subject }) => subject)).toEqual(['grace', 'erin', 'dave', 'carol', 'alice']);
    const first = await client.get<{ data: Revocation[]; nextCursor: string }>('/revocations?limit=2');
    const second = await client.get<{ data: Revocation[] }>(`/revocations?limit=2&cursor=${first.body.nextCursor}`);
    expect([...first.body.data, ...second.body.data]).toEqual(body.data.slice(0, 4));
    const filtered = await client.get<{ data: Revocation[] }>('/revocations?subject=dave');
    expect(filtered.body.data).toEqual([body.data[2]]);
  });

  it('leave who revoked whose in the audit', async () => {
    const { body } = await client.get<{ data: object[] }>('/audit?resource=revocation&actor=grace');
    expect(body.data).toEqual([
      expect.objectContaining({
        action: 'revocations_create_own',
        after: expect.objectContaining({ subject: 'grace' }) as object,
      }),
    ]);
  });
});
