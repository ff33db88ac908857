import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { FaultKind } from './kind.js';

/** Debian's place for it; undefined where it is not installed. */
export function faketimeLibrary(): string | undefined {
  const folders = existsSync('/usr/lib') ? readdirSync('/usr/lib').map((name) => path.join('/usr/lib', name)) : [];
  return folders.map((folder) => path.join(folder, 'faketime', 'libfaketimeMT.so.1')).find((file) => existsSync(file));
}

/** A worker that lives minutes in the past or in the future for a while; it is handed the fault at a restart. */
export const CLOCK_OFF: FaultKind = {
  name: 'worker with a wrong clock',
  needs: ['faketime'],
  async strike(scene, chance) {
    const taken = await scene.takeWorker(chance);
    if (!taken) return null;
    const { member, release } = taken;
    const FAKETIME = `${chance.pick(['+', '-'])}${chance.int(3, 9)}m`;
    member.oddities = {
      LD_PRELOAD: faketimeLibrary()!,
      FAKETIME,
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      DONT_FAKE_MONOTONIC: '1',
    };
    await member.terminate();
    const lasts = member
      .atWork()
      .catch(() => {})
      .then(() => scene.lasting(chance, 3_000, 8_000));
    const heal = async () => {
      member.oddities = {};
      await member.terminate();
      release();
    };
    return { what: `${member.name} ${FAKETIME}`, lasts, heal };
  },
};
