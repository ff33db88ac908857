import path from 'node:path';
import { InvalidEnvironmentError, readEnvironment } from './environment.js';
import { keySetLocation } from './key-set-location.js';

const OTHERS = { JWT_ISSUER: 'https://issuer.example', JWT_AUDIENCE: 'training' };
const located = (JWT_JWKS: string, NODE_ENV = 'production') =>
  keySetLocation(readEnvironment({ ...OTHERS, JWT_JWKS, NODE_ENV }));

describe('keySetLocation', () => {
  it('is nowhere unless it is set', () => {
    expect(keySetLocation(readEnvironment({}))).toBeUndefined();
  });

  it('is a URL or an absolute path', () => {
    expect(located('https://issuer.example/keys')).toEqual(new URL('https://issuer.example/keys'));
    expect(located('keys.json')).toBe(path.resolve('keys.json'));
  });

  it.each(['http://localhost:8080/keys', 'http://127.0.0.1/keys', 'http://[::1]/keys'])('may be %s', (url) => {
    expect(located(url)).toEqual(new URL(url));
  });

  it.each(['http://issuer.example/keys', 'http://127.0.0.1.example/keys', 'http://localhost.example/'])(
    'may be %s, but not in production',
    (url) => {
      expect(() => located(url)).toThrow(InvalidEnvironmentError);
      expect(located(url, 'development')).toEqual(new URL(url));
    },
  );
});
