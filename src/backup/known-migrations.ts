import { MIGRATIONS } from '../database/migrations/index.js';
import { NewerReleaseError } from './backup.errors.js';

const KNOWN: ReadonlySet<string> = new Set(MIGRATIONS.map(({ name }) => name));

/** Throws NewerReleaseError unless this release knows all of these; `release` is the one that does, where that is known. */
export function expectKnown(what: string, migrations: readonly string[], release?: string): void {
  const unknown = migrations.filter((name) => !KNOWN.has(name));
  if (unknown.length > 0) throw new NewerReleaseError(what, unknown, release);
}
