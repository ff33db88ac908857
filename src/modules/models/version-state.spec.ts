import { REQUESTABLE, VERSION_TRANSITIONS, type VersionStatus } from './version-state.js';

describe('the states of a model version', () => {
  it('are these, and no others', () => {
    expect(VERSION_TRANSITIONS).toEqual({
      training: ['ready', 'archived'],
      ready: ['deployed', 'archived'],
      deployed: ['ready'],
      archived: ['ready'],
    });
  });

  it('can be asked for only where they may follow', () => {
    for (const [status, wanted] of Object.entries(REQUESTABLE)) {
      expect(VERSION_TRANSITIONS[status as VersionStatus]).toEqual(expect.arrayContaining([...wanted]));
    }
    expect(REQUESTABLE.deployed).toEqual([]);
  });
});
