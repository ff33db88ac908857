import { ACCESS } from './support/access-matrix.js';
import { ask, inAnOrder, nameOf } from './support/ask.js';
import { Target } from './support/bad-input.js';
import { type Client, testToken } from './support/client.js';
import { eventually } from './support/eventually.js';
import { TestPlatform } from './support/platform.js';
import { trained, versionPath } from './support/registry.js';
import { createDataset, createJob, type Page } from './support/training.js';
import { datasetBody } from './factories/dataset.factory.js';

interface Entry {
  number: number;
  actor: string;
  action: string;
  resource: string;
  resourceId: string;
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
  requestId: string;
  address: string;
}

const entriesOf = async (client: Client, query = '') =>
  (await client.get<Page<Entry>>(`/audit?limit=200${query}`)).body.data;

/** Operations that write nothing, or here have nothing to remove: the target's version never had a file. */
const NOTHING_CHANGES = [
  'POST /stream-tickets',
  'POST /progress/query',
  'DELETE /models/{modelId}/versions/{version}/artifact',
];

describe('the audit of every operation', () => {
  let target: Target;

  beforeAll(async () => {
    target = await Target.start();
  });
  afterAll(() => target.platform.stop());

  it('has an entry for each that succeeds, and for none that is refused', async () => {
    const writing = inAnOrder(target.api.operations).filter(({ method }) => method !== 'GET');
    expect(writing.length).toBeGreaterThan(25);
    for (const [place, operation] of writing.entries()) {
      const name = nameOf(operation);
      const sub = `writer-${place}`;
      const { status, requestId } = await ask(target, operation, testToken({ sub }));
      expect([name, status]).toEqual([name, ACCESS[name]![1]]);
      // Everyone's tokens are revoked by the last of them.
      const found = await eventually(
        () => entriesOf(target.client.as(testToken()), `&actor=${sub}`),
        'a token is good',
      );
      const changes = status < 300 && !NOTHING_CHANGES.includes(name);
      expect([name, found.length > 0]).toEqual([name, changes]);
      for (const entry of found) expect(entry).toMatchObject({ requestId, address: '127.0.0.1' });
    }
  });
});

describe('the audit', () => {
  let platform: TestPlatform;
  let client: Client;

  beforeAll(async () => {
    platform = await TestPlatform.start({ apis: 2 });
    ({ client } = platform);
  });
  afterAll(() => platform.stop());

  it('tells who did what, to what, as it was before and is since', async () => {
    const id = await createDataset(client);
    const alice = client.as(testToken({ sub: 'alice' }));
    await alice.patch(`/datasets/${id}`, { name: 'Renamed', description: 'By Alice.' });
    await alice.delete(`/datasets/${id}`);
    const [deleted, renamed, created, ...others] = await entriesOf(client, `&resourceId=${id}`);
    expect(others).toEqual([]);
    expect(created).toMatchObject({ actor: 'tester', action: 'datasets_create', resource: 'dataset' });
    expect(created!.before).toBeUndefined();
    expect(created!.after).toMatchObject({ id, name: datasetBody().name });
    expect(renamed).toMatchObject({
      actor: 'alice',
      action: 'datasets_update',
      before: { name: datasetBody().name },
      after: { name: 'Renamed', description: 'By Alice.' },
    });
    expect(Object.keys(renamed!.after!).sort()).toEqual(['description', 'name']);
    expect(deleted).toMatchObject({ actor: 'alice', action: 'datasets_delete', before: { id, name: 'Renamed' } });
    expect(deleted!.after).toBeUndefined();
  });

  it('has what changed a model in production, and nothing of what workers do', async () => {
    await trained(client, 'served', 2);
    const bob = client.as(testToken({ sub: 'bob' }));
    const done: [string, number][] = [];
    const deployed = await bob.post(`${versionPath('served', '1.0.0')}/deploy`, { reason: 'First.' });
    done.push(['models_deploy', deployed.status]);
    done.push(['models_deploy', (await bob.post(`${versionPath('served', '1.1.0')}/deploy`)).status]);
    done.push(['models_rollback', (await bob.post('/models/served/rollback')).status]);
    done.push(['models_archive', (await bob.post(`${versionPath('served', '1.1.0')}/archive`)).status]);
    done.push(['models_delete_artifact', (await bob.delete(`${versionPath('served', '1.1.0')}/artifact`)).status]);
    expect(done.map(([, status]) => status)).toEqual([200, 200, 200, 200, 204]);
    const entries = (await entriesOf(client, '&actor=bob')).toReversed();
    expect([...new Set(entries.map(({ action }) => action))]).toEqual([...new Set(done.map(([action]) => action))]);
    const reasons = entries.filter(({ resource }) => resource === 'deployment').map(({ after }) => after);
    expect(reasons).toMatchObject([{ version: '1.0.0', reason: 'First.' }, { version: '1.1.0' }, { version: '1.0.0' }]);
    const all = await entriesOf(client);
    expect(new Set(all.map(({ actor }) => actor))).toEqual(new Set(['tester', 'alice', 'bob']));
  });

  it('says of what only gained or lost something that it changed, and not that it is new or gone', async () => {
    const carol = client.as(testToken({ sub: 'carol' }));
    await carol.send('PUT', '/models/served/policy', { datasetReady: true });
    await carol.delete('/models/served/policy');
    const [removed, set] = await entriesOf(client, '&actor=carol');
    expect(set).toMatchObject({ action: 'models_set_policy', before: {}, after: { policy: { datasetReady: true } } });
    expect(removed).toMatchObject({ before: { policy: { datasetReady: true } }, after: {} });
  });

  it('writes in the transaction of the change', async () => {
    const id = await createJob(client, await createDataset(client));
    const [row] = await platform.database.rows<{ same: boolean }>(
      `SELECT j.xmin = a.xmin AS same FROM training_jobs AS j JOIN audit_entries AS a ON a.resource_id = j.id
       WHERE j.id = $1`,
      [id],
    );
    expect(row).toEqual({ same: true });
  });

  it('is not told twice of a request that was sent twice', async () => {
    const post = () =>
      client.raw('POST', '/datasets', JSON.stringify(datasetBody()), { 'idempotency-key': 'once-and-again' });
    const [first, second] = [await post(), await post()];
    expect([first.status, second.body]).toEqual([201, first.body]);
    const { id } = first.body as unknown as { id: string };
    expect(await entriesOf(client, `&resourceId=${id}`)).toHaveLength(1);
  });

  it('has no gap while many change at once, over two APIs', async () => {
    const datasetId = await createDataset(client);
    const jobs = await Promise.all(Array.from({ length: 20 }, () => createJob(client, datasetId)));
    await Promise.all(
      jobs.flatMap((id, place) =>
        platform.clients.flatMap((api) => [
          api.patch(`/jobs/${id}`, { description: `Job ${place}` }),
          api.patch(`/datasets/${datasetId}`, { description: `By ${place}` }),
          api.post(`/jobs/${id}/cancel`),
        ]),
      ),
    );
    const numbers = await platform.database.rows<{ number: string }>(
      `SELECT number FROM audit_entries WHERE tenant_id = 'default' ORDER BY number`,
    );
    expect(numbers.map(({ number }) => Number(number))).toEqual(numbers.map((_, place) => place + 1));
    const cancelled = await entriesOf(client, `&action=jobs_cancel`);
    for (const id of jobs) expect(cancelled.filter(({ resourceId }) => resourceId === id)).toHaveLength(1);
  });

  it('names the one who did it, also of those who had to wait for each other', async () => {
    await trained(client, 'contested', 1);
    const users = Array.from({ length: 12 }, (_, place) => `user-${place}`);
    await Promise.all(
      users.map((sub) =>
        client.as(testToken({ sub })).send('PUT', '/models/contested/labels', { labels: { by: sub } }),
      ),
    );
    const labelled = (await entriesOf(client, '&resourceId=contested')).filter(
      ({ action }) => action === 'models_label',
    );
    expect(labelled.map(({ actor }) => actor).toSorted()).toEqual(users.toSorted());
    for (const { actor, after } of labelled) expect(after).toEqual({ labels: { by: actor } });
  });

  it('is one of its tenant', async () => {
    const other = client.as(testToken({ sub: 'olga', tenant: 'other' }));
    expect(await entriesOf(other)).toEqual([]);
    await createDataset(other);
    expect(await entriesOf(other)).toMatchObject([{ number: 1, actor: 'olga' }]);
    expect(await entriesOf(client, '&actor=olga')).toEqual([]);
  });

  it('comes in pages', async () => {
    const all = await entriesOf(client);
    const first = await client.get<Page<Entry>>('/audit?limit=5');
    const next = await client.get<Page<Entry>>(`/audit?limit=5&cursor=${first.body.nextCursor}`);
    expect([...first.body.data, ...next.body.data]).toEqual(all.slice(0, 10));
  });

  it.each([
    ['changed', `UPDATE audit_entries SET actor = 'nobody' WHERE number = 1`],
    ['removed', 'DELETE FROM audit_entries WHERE number = 1'],
    ['swept away', 'TRUNCATE audit_entries'],
  ])('cannot be %s', async (_, sql) => {
    await expect(platform.database.rows(sql)).rejects.toThrow('neither changed nor removed');
  });
});
