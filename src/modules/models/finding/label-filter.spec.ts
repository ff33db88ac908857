import { parseLabels } from './label-filter.js';

describe('a condition on labels', () => {
  it.each([
    ['team:risk', [{ team: 'risk' }]],
    ['team:', [{ team: '' }]],
    ['url:http://a:8080/b', [{ url: 'http://a:8080/b' }]],
    [' team : risk , env: prod ', [{ env: 'prod' }, { team: 'risk' }]],
    ['a.b/c-d_e:模型', [{ 'a.b/c-d_e': '模型' }]],
    ['constructor:x', [{ constructor: 'x' }]],
  ])('%p asks for %j', (text, labels) => {
    expect(parseLabels(text)).toEqual(labels);
  });

  it.each([
    '',
    ' ',
    'team',
    ':risk',
    'team:risk,',
    ',team:risk',
    'te am:risk',
    '-team:risk',
    '__proto__:risk',
    `${'k'.repeat(64)}:risk`,
    `team:${'v'.repeat(129)}`,
    'team:a\u0007b',
    'team:a\tb',
    Array.from({ length: 9 }, (_, index) => `k${index}:v`).join(','),
  ])('%p is none', (text) => {
    expect(parseLabels(text)).toBeNull();
  });
});
