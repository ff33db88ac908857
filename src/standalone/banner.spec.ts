import { readEnvironment } from '../config/environment.js';
import { addressOf } from './address.js';
import { banner } from './banner.js';

const platform = { ...addressOf('127.0.0.1', 3001), token: () => 'a.b.c' };
const production = {
  NODE_ENV: 'production',
  JWT_SECRET: 'a secret that nobody would guess, ever',
  DATABASE_URL: 'postgresql://localhost/d',
};

describe('banner', () => {
  it('shows where to look and a token that can be pasted', () => {
    const text = banner(readEnvironment({ NODE_ENV: 'development' }), platform);
    expect(text).toContain('http://127.0.0.1:3001/docs');
    expect(text).toContain('http://127.0.0.1:3001/v1/ai-training');
    expect(text.split('\n')).toContain('export TOKEN=a.b.c');
  });

  it('gives no token away that would be refused', () => {
    expect(banner(readEnvironment({ JWT_JWKS: 'keys.json' }), platform)).not.toContain('export TOKEN');
  });

  it('gives no token away in production unless that is allowed', () => {
    expect(banner(readEnvironment(production), platform)).not.toMatch(/TOKEN|docs/);
    expect(banner(readEnvironment({ ...production, ALLOW_TOKEN_CLI: 'true' }), platform)).toContain(
      'export TOKEN=a.b.c',
    );
  });
});

describe('addressOf', () => {
  it.each([
    ['127.0.0.1', 'http://127.0.0.1:80'],
    ['0.0.0.0', 'http://127.0.0.1:80'],
    ['::', 'http://[::1]:80'],
    ['localhost', 'http://localhost:80'],
  ])('reaches %s at %s', (host, origin) => expect(addressOf(host, 80).origin).toBe(origin));
});
