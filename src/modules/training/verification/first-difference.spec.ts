import { ArtefactState } from '../../models/artefact-state.js';
import { firstDifference } from './first-difference.js';

const same = { datasetSha256: 'd', sha256: 'a' };
const measured = { loss: 1, validationLoss: 2, accuracy: 0.5, learningRate: 0.1 };
const { Intact, Damaged, Missing, Deleted } = ArtefactState;

describe('firstDifference', () => {
  it.each([
    ['nothing', same, undefined, Intact, null],
    ['nothing, whose file was deleted', same, undefined, Deleted, null],
    ['a changed file', same, undefined, Damaged, { what: 'stored_artifact', expected: 'a' }],
    ['a lost file', same, undefined, Missing, { what: 'stored_artifact', expected: 'a' }],
    ['another model', { ...same, sha256: 'b' }, undefined, Damaged, { what: 'artifact', expected: 'a', actual: 'b' }],
    [
      'an epoch, before all that follows from it',
      { ...same, sha256: 'b' },
      { epoch: 3, expected: measured, actual: { ...measured, accuracy: null, learningRate: 1 } },
      Intact,
      { what: 'progress', epoch: 3, series: 'accuracy', expected: 0.5 },
    ],
    [
      'an epoch that was not there',
      same,
      { epoch: 4, expected: null, actual: measured },
      Intact,
      { what: 'progress', epoch: 4 },
    ],
    [
      'other data, before all that follows from them',
      { datasetSha256: null, sha256: 'b' },
      { epoch: 1, expected: measured, actual: null },
      Intact,
      { what: 'dataset', expected: 'd' },
    ],
  ])('tells %s', (_, again, epoch, stored, difference) => {
    expect(firstDifference(same, again, epoch, stored)).toEqual(difference);
  });
});
