import type { FaultKind } from './kind.js';

/** Not a byte more fits on the disk of the artefacts, for up to two seconds. */
export const DISK_FULL: FaultKind = {
  name: 'full disk',
  needs: ['mount'],
  async strike(scene, chance) {
    const release = scene.occupy('disk');
    if (!release) return null;
    const over = scene.outage('disk');
    await scene.bed.disk.fill();
    const heal = async () => {
      await scene.bed.disk.free();
      over();
      release();
    };
    return { what: 'under the artefacts', lasts: scene.lasting(chance, 500, 2_000), heal };
  },
};
