import { InvalidEnvironmentError, readEnvironment } from './environment.js';
import { quotasByTenant, runningQuotas } from './quotas.js';

const read = (TENANT_QUOTAS: object, others: Record<string, string> = {}) =>
  readEnvironment({ TENANT_QUOTAS: JSON.stringify(TENANT_QUOTAS), ...others });

describe('quotasByTenant', () => {
  it('is nothing unless something is set', () => {
    const none = { runningJobs: 0, queuedJobs: 0, epochsPerJob: 0, storageBytes: 0 };
    expect(quotasByTenant(readEnvironment({}))('acme')).toEqual(none);
  });

  it("takes a tenant's own before what all others have", () => {
    const quotasOf = quotasByTenant(read({ acme: { queuedJobs: 0, storageBytes: 9 } }, { QUOTA_QUEUED_JOBS: '7' }));
    expect(quotasOf('acme')).toMatchObject({ queuedJobs: 0, storageBytes: 9 });
    for (const tenant of ['beta', '__proto__', 'constructor']) {
      expect(quotasOf(tenant)).toMatchObject({ queuedJobs: 7, storageBytes: 0 });
    }
  });

  it.each([
    'acme',
    '[]',
    'null',
    '{"acme":5}',
    '{"acme":null}',
    '{"acme":[1]}',
    '{"acme":{"jobs":5}}',
    '{"acme":{"runningJobs":-1}}',
    '{"acme":{"runningJobs":1.5}}',
    '{"acme":{"runningJobs":"5"}}',
    '{"acme":{"storageBytes":1e300}}',
  ])('refuses %s', (TENANT_QUOTAS) => {
    expect(() => readEnvironment({ TENANT_QUOTAS })).toThrow(InvalidEnvironmentError);
  });
});

describe('runningQuotas', () => {
  it('is null where nobody has one', () => {
    expect(runningQuotas(readEnvironment({}))).toBeNull();
    expect(runningQuotas(read({ acme: { queuedJobs: 5 }, beta: { runningJobs: 0 } }))).toBeNull();
  });

  it('tells who has which', () => {
    const environment = read(
      { acme: { runningJobs: 5 }, beta: { runningJobs: 0 }, gamma: {} },
      { QUOTA_RUNNING_JOBS: '2' },
    );
    expect(runningQuotas(environment)).toEqual({ byTenant: { acme: 5, beta: 0 }, others: 2 });
  });
});
