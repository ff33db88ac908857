import { InvalidVersionError } from './models.errors.js';
import { parseVersion } from './version-number.js';
import { VersionPipe } from './version.pipe.js';

describe('a version number', () => {
  it('is three numbers', () => {
    expect(parseVersion('1.20.0')).toEqual({ major: 1, minor: 20, patch: 0 });
    expect(new VersionPipe().transform('2147483647.0.0')).toEqual({ major: 2_147_483_647, minor: 0, patch: 0 });
  });

  it.each(['', '1', '1.2', '1.2.3.4', '01.2.3', '1.2.-3', '1.2.3-rc', 'v1.2.3', '1.2.3 ', '2147483648.0.0', '1e3.0.0'])(
    'is not %p',
    (text) => {
      expect(parseVersion(text)).toBeNull();
      expect(() => new VersionPipe().transform(text)).toThrow(InvalidVersionError);
    },
  );
});
