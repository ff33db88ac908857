// For the project e2e-redis: every platform of these suites has its queue in Redis (queue-backend.ts).
process.env.TEST_QUEUE = 'redis';
