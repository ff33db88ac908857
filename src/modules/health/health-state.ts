export enum HealthStatus {
  Healthy = 'healthy',
  Degraded = 'degraded',
  Unhealthy = 'unhealthy',
}

/** How a part of the platform is. */
export interface ComponentHealth {
  status: HealthStatus;
  /** Milliseconds it took to find out. */
  latency: number;
  /** For people; says nothing of how the platform is built. */
  detail?: string;
}

/** What all tenants share. */
export interface SharedComponents {
  database: ComponentHealth;
  queue: ComponentHealth;
  workers: ComponentHealth;
}

/** And what is a tenant's own. */
export interface Components extends SharedComponents {
  artifacts: ComponentHealth;
}

/**
 * Without its database the platform can do nothing; without its queue or its workers it still answers, and what is
 * started waits; with a damaged model file all but that model works.
 */
export function overallStatus({ database, ...others }: SharedComponents | Components): HealthStatus {
  if (database.status !== HealthStatus.Healthy) return HealthStatus.Unhealthy;
  const impaired = Object.values(others).some(({ status }) => status !== HealthStatus.Healthy);
  return impaired ? HealthStatus.Degraded : HealthStatus.Healthy;
}
