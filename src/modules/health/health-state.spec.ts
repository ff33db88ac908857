import { HealthStatus, overallStatus } from './health-state.js';

const { Healthy, Degraded, Unhealthy } = HealthStatus;

describe('overallStatus', () => {
  it.each([
    [Healthy, Healthy, Healthy, Healthy, Healthy],
    [Healthy, Unhealthy, Healthy, Healthy, Degraded],
    [Healthy, Healthy, Unhealthy, Healthy, Degraded],
    [Healthy, Healthy, Healthy, Unhealthy, Degraded],
    [Healthy, Unhealthy, Unhealthy, Unhealthy, Degraded],
    [Unhealthy, Healthy, Healthy, Healthy, Unhealthy],
    [Unhealthy, Unhealthy, Unhealthy, Unhealthy, Unhealthy],
  ])('database %s, queue %s, workers %s, artifacts %s: %s', (database, queue, workers, artifacts, expected) => {
    const health = (status: HealthStatus) => ({ status, latency: 1 });
    const components = {
      database: health(database),
      queue: health(queue),
      workers: health(workers),
      artifacts: health(artifacts),
    };
    expect(overallStatus(components)).toBe(expected);
  });
});
