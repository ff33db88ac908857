import { spawnSync } from 'node:child_process';

/** What has to go on working on the schema of today, by its commit: the release before the next one. */
export const RELEASE = { version: 'v0.1.0', commit: '8df1e7d9168f2683a691c930939004586b9959ec' };

/** A shallow copy, or one without its history, has no release to test with. */
export function releaseIsThere() {
  return spawnSync('git', ['cat-file', '-e', `${RELEASE.commit}^{commit}`]).status === 0;
}
