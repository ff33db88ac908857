import { HealthStatus, overallStatus } from './health-state.js';

const { Healthy, Degraded, Unhealthy } = HealthStatus;

describe('overallStatus', () => {
  it.each([
    [Healthy, Healthy, Healthy, Healthy],
    [Healthy, Unhealthy, Healthy, Degraded],
    [Healthy, Healthy, Unhealthy, Degraded],
    [Healthy, Unhealthy, Unhealthy, Degraded],
    [Unhealthy, Healthy, Healthy, Unhealthy],
    [Unhealthy, Unhealthy, Unhealthy, Unhealthy],
  ])('database %s, queue %s, workers %s: %s', (database, queue, workers, expected) => {
    const health = (status: HealthStatus) => ({ status, latency: 1 });
    expect(overallStatus({ database: health(database), queue: health(queue), workers: health(workers) })).toBe(
      expected,
    );
  });
});
