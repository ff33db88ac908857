import { jsonPointer } from './json-pointer.js';

describe('jsonPointer', () => {
  it('escapes what separates', () => {
    expect(jsonPointer(['a/b', 'c~d', 0])).toBe('/a~1b/c~0d/0');
  });

  it('is empty for the whole document', () => {
    expect(jsonPointer([])).toBe('');
  });
});
