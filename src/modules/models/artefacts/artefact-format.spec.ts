import { formatIn } from './artefact-format.js';

test('the format stands at the beginning of a file', () => {
  const file = { format: 'a/b', formatVersion: 12, rest: [1, 2] };
  expect(formatIn(JSON.stringify(file, null, 2))).toEqual({ name: 'a/b', version: 12 });
  expect(formatIn(JSON.stringify(file))).toEqual({ name: 'a/b', version: 12 });
});

test.each(['', '{}', 'PK\u0003\u0004', '{"formatVersion":1,"format":"a"}', '{"format":"a","formatVersion":"1",'])(
  'nothing is made of %p',
  (head) => {
    expect(formatIn(head)).toBeNull();
  },
);
