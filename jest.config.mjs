import { redisIsThere } from './test/support/redis-presence.mjs';
import { releaseIsThere } from './test/support/releases.mjs';

const swc = {
  sourceMaps: 'inline',
  module: { type: 'commonjs' },
  jsc: {
    target: 'es2023',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    keepClassNames: true,
  },
};
const swcJs = {
  sourceMaps: false,
  module: { type: 'commonjs' },
  jsc: { target: 'es2023', parser: { syntax: 'ecmascript' } },
};

// Native ESM fails under jest on Node.js 20 with the full application: everything becomes CommonJS, node_modules too.
const shared = {
  testEnvironment: 'node',
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': ['@swc/jest', swc], '^.+\\.m?js$': ['@swc/jest', swcJs] },
  transformIgnorePatterns: [],
  cacheDirectory: '<rootDir>/.cache/jest',
};

const e2e = {
  ...shared,
  roots: ['<rootDir>/test'],
  testRegex: '\\.spec\\.ts$',
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
};
const childrenCoverage = '<rootDir>/test/support/children-coverage.mjs';

/** The suites that are the same whatever the queue's backend, with the reason; all others run on both. */
const WITHOUT_QUEUE = [
  'documents', // reads files
  'sbom', // as above
  'compose', // as above
  'inventory', // as above
  'revocations', // tokens alone

  'source-rules', // as above
  'schema', // the database alone
  'content-sweeps', // the database and a folder
  'dataset-sweeps', // the database alone
  'inspection-guard', // processes of its own
  'recorder', // SQL, in the suite's own process
  'run-protocol', // as above
  'protocol\\.properties', // as above, with a queue in memory
  'state-machines\\.properties', // as above
  'embedded', // the embedded database alone
  'backup-(folders|migrations|session)', // rows and files, and no worker; backup has one
  'looks', // SQL, in the suite's own process
  'history', // rows, and no worker
  'retention', // rows, once there are some
  'alerts', // rows, and no worker; detection has one
  'queue-view', // rows, and no worker; queue-order has one
  'bad-content', // the content alone; uploads and upload-formats go through the queue
  '(find|compare|card|gates|gates\\.policies|model-files|space)', // rows and files, once there are versions
  'watch-command', // a fake API
  'identity', // who is let in, and no worker
  'logs', // what an API says, and no worker
  'platform', // npm start: Redis is no part of it
];

/** The suite that starts processes of the release before, where there is one to be had. */
const WITHOUT_RELEASE = releaseIsThere() ? [] : ['<rootDir>/test/upgrade\\.e2e\\.spec\\.ts$'];

/** The same suites a second time, with the queue in Redis, and what is special to that. */
const e2eRedis = {
  ...e2e,
  displayName: 'e2e-redis',
  setupFiles: [childrenCoverage, '<rootDir>/test/support/queue-in-redis.mjs'],
  testPathIgnorePatterns: [
    ...WITHOUT_QUEUE.map((name) => `<rootDir>/test/${name}(\\.e2e)?\\.spec\\.ts$`),
    ...WITHOUT_RELEASE,
  ],
};

export default {
  maxWorkers: 2,
  testTimeout: 120_000,
  coverageProvider: 'v8',
  collectCoverageFrom: ['src/**/*.ts', '!src/**/*.{spec,contract,arbitrary}.ts'],
  projects: [
    { ...shared, displayName: 'unit', roots: ['<rootDir>/src'], testRegex: '\\.spec\\.ts$' },
    {
      ...e2e,
      displayName: 'e2e',
      setupFiles: [childrenCoverage],
      testPathIgnorePatterns: ['<rootDir>/test/redis\\.e2e\\.spec\\.ts$', ...WITHOUT_RELEASE],
    },
    ...(redisIsThere() ? [e2eRedis] : []),
  ],
};
