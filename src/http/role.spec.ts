import { type Role, suffices } from './role.js';

describe('suffices', () => {
  it.each<[held: string[], needed: Role, enough: boolean]>([
    [[], 'viewer', false],
    [['viewer'], 'viewer', true],
    [['viewer'], 'trainer', false],
    [['viewer'], 'admin', false],
    [['trainer'], 'viewer', true],
    [['trainer'], 'admin', false],
    [['admin'], 'viewer', true],
    [['admin'], 'trainer', true],
    [['viewer', 'admin'], 'admin', true],
    [['root', 'Admin', 'admin '], 'viewer', false],
  ])('%j for %s: %s', (held, needed, enough) => {
    expect(suffices(held, needed)).toBe(enough);
  });
});
