import { VERSION_TRANSITIONS } from './version-state.js';

describe('the states of a model version', () => {
  it('are these, and no others', () => {
    expect(VERSION_TRANSITIONS).toEqual({
      training: ['ready', 'archived'],
      ready: ['deployed', 'archived'],
      deployed: ['ready'],
      archived: ['ready'],
    });
  });
});
