import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { RELEASE } from './releases.mjs';

const run = promisify(execFile);
const SOURCES = ['src', 'package.json', 'nest-cli.json', 'tsconfig.json', 'tsconfig.build.json'];

/**
 * The folder of the release, built out of the history with the libraries of today. Built once and kept; whoever builds
 * it at the same time gets the same.
 */
export async function releaseFolder(): Promise<string> {
  const releases = path.resolve('.cache', 'releases');
  const folder = path.join(releases, RELEASE.commit);
  if (existsSync(folder)) return folder;
  mkdirSync(releases, { recursive: true });
  const building = mkdtempSync(path.join(releases, 'building-'));
  const archive = path.join(building, 'sources.tar');
  await run('git', ['archive', '-o', archive, RELEASE.commit, ...SOURCES]);
  await run('tar', ['-xf', archive, '-C', building]);
  symlinkSync(path.resolve('node_modules'), path.join(building, 'node_modules'), 'dir');
  await run(path.resolve('node_modules', '.bin', 'nest'), ['build'], { cwd: building });
  try {
    renameSync(building, folder);
  } catch {
    // Somebody was quicker.
    rmSync(building, { recursive: true, force: true });
  }
  return folder;
}
