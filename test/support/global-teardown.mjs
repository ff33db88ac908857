import { removeEmbeddedPostgres } from '../../dist/embedded/server-home.js';

export default async function globalTeardown() {
  const { folder, embedded, redis } = globalThis.testServers;
  await redis?.stop?.();
  await embedded?.stop();
  await removeEmbeddedPostgres(folder);
}
