import path from 'node:path';

type Hook = { default: () => Promise<void> };
const hook = (name: string) => import(path.resolve('test', 'support', `global-${name}.mjs`)) as Promise<Hook>;

/** Does the work beside the servers that the tests run on: an embedded PostgreSQL, and a Redis where there is one. */
export async function withServers(work: () => Promise<void>): Promise<void> {
  await (await hook('setup')).default();
  try {
    await work();
  } finally {
    await (await hook('teardown')).default();
  }
}
