/** What one tenant may have, at most; 0: any number. */
export interface Quotas {
  /** Runs that workers train at once. */
  runningJobs: number;
  /** Started jobs that have not begun to train. */
  queuedJobs: number;
  epochsPerJob: number;
  /** Of datasets and model files. */
  storageBytes: number;
}

export type QuotaName = keyof Quotas;

export const QUOTA_NAMES: readonly QuotaName[] = ['runningJobs', 'queuedJobs', 'epochsPerJob', 'storageBytes'];

/** As the environment has them. */
interface Settings {
  QUOTA_RUNNING_JOBS: number;
  QUOTA_QUEUED_JOBS: number;
  QUOTA_EPOCHS_PER_JOB: number;
  QUOTA_STORAGE_BYTES: number;
  TENANT_QUOTAS?: string | undefined;
}

/** The quotas of a tenant: its own before those of all. */
export function quotasByTenant(settings: Settings): (tenant: string) => Quotas {
  const own = tenantQuotas(settings.TENANT_QUOTAS);
  const all: Quotas = {
    runningJobs: settings.QUOTA_RUNNING_JOBS,
    queuedJobs: settings.QUOTA_QUEUED_JOBS,
    epochsPerJob: settings.QUOTA_EPOCHS_PER_JOB,
    storageBytes: settings.QUOTA_STORAGE_BYTES,
  };
  return (tenant) => ({ ...all, ...own.get(tenant) });
}

/** How many runs may be under way: by tenant, and for all others. */
export interface RunningQuotas {
  byTenant: Readonly<Record<string, number>>;
  others: number;
}

/** Null where no tenant has such a quota. */
export function runningQuotas({ QUOTA_RUNNING_JOBS: others, TENANT_QUOTAS }: Settings): RunningQuotas | null {
  const own = [...tenantQuotas(TENANT_QUOTAS)].flatMap(([tenant, { runningJobs }]) =>
    runningJobs === undefined ? [] : [[tenant, runningJobs] as const],
  );
  if (others === 0 && own.every(([, most]) => most === 0)) return null;
  return { byTenant: Object.fromEntries(own), others };
}

/** Tenants that have quotas of their own, and which, out of TENANT_QUOTAS. Throws an Error that says what is wrong. */
export function tenantQuotas(json = '{}'): Map<string, Partial<Quotas>> {
  return new Map(Object.entries(parsedObject(json)).map(([tenant, quotas]) => [tenant, ownQuotas(tenant, quotas)]));
}

function ownQuotas(tenant: string, quotas: unknown): Partial<Quotas> {
  if (!isObject(quotas)) throw new Error(`expected an object of quotas for the tenant "${tenant}"`);
  for (const [name, value] of Object.entries(quotas)) {
    if (!(QUOTA_NAMES as readonly string[]).includes(name) || !Number.isSafeInteger(value) || Number(value) < 0) {
      const known = QUOTA_NAMES.join(', ');
      throw new Error(`expected whole numbers from 0 by the names ${known} for the tenant "${tenant}", got "${name}"`);
    }
  }
  return quotas;
}

function parsedObject(json: string): object {
  try {
    const value: unknown = JSON.parse(json);
    if (isObject(value)) return value;
  } catch {
    // Said below.
  }
  throw new Error('expected a JSON object of quotas by tenant, like {"acme":{"runningJobs":5}}');
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
