import { ValidationFailedError } from '../../../http/validation/validation.errors.js';
import { checkedLabels } from './check-labels.js';

function faults(labels: Record<string, unknown>) {
  try {
    checkedLabels(labels);
  } catch (error) {
    return (error as ValidationFailedError).details.errors!.map(({ pointer, code }) => [pointer, code]);
  }
  return [];
}

describe('labels', () => {
  it('are kept, their values trimmed', () => {
    const labels = { team: ' risk ', 'a.b/c-d_E': '', '0': '模型: 1', k: 'v'.repeat(128), ['x'.repeat(63)]: 'y' };
    expect(checkedLabels(labels)).toEqual({ ...labels, team: 'risk' });
    expect(checkedLabels({})).toEqual({});
  });

  it.each<[unknown, string, string]>([
    [{ '': 'a' }, '/labels/', 'wrong_format'],
    [{ '-a': 'a' }, '/labels/-a', 'wrong_format'],
    [{ '/a': 'a' }, '/labels/~1a', 'wrong_format'],
    [{ 'a b': 'a' }, '/labels/a b', 'wrong_format'],
    [{ 'a:b': 'a' }, '/labels/a:b', 'wrong_format'],
    [{ 'a\n': 'a' }, '/labels/a\n', 'wrong_format'],
    [{ ['x'.repeat(64)]: 'a' }, `/labels/${'x'.repeat(64)}`, 'wrong_format'],
    [JSON.parse('{"__proto__":"a"}'), '/labels/__proto__', 'wrong_format'],
    [{ a: 1 }, '/labels/a', 'wrong_type'],
    [{ a: null }, '/labels/a', 'wrong_type'],
    [{ a: ['b'] }, '/labels/a', 'wrong_type'],
    [{ a: 'b\u0000' }, '/labels/a', 'invalid_characters'],
    [{ a: 'b\tc' }, '/labels/a', 'invalid_characters'],
    [{ a: '\ud800' }, '/labels/a', 'invalid_characters'],
    [{ a: 'b,c' }, '/labels/a', 'wrong_format'],
    [{ a: 'v'.repeat(129) }, '/labels/a', 'wrong_length'],
  ])('%j are refused at %p', (labels, pointer, code) => {
    expect(faults({ fine: 'yes', ...(labels as object) })).toEqual([[pointer, code]]);
  });

  it('are 32 at most', () => {
    const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, 'v']));
    expect(faults(many(32))).toEqual([]);
    expect(faults(many(33))).toEqual([['/labels', 'wrong_length']]);
  });
});
