import { requestIdOf } from './request-id.js';

const idFor = (given?: string | string[]) =>
  requestIdOf({ headers: given === undefined ? {} : { 'x-request-id': given } });

describe('requestIdOf', () => {
  it('keeps a sane id of the caller', () => {
    expect(idFor('4bf92f3577b34da6a3ce929d0e0e4736')).toBe('4bf92f3577b34da6a3ce929d0e0e4736');
  });

  it.each([undefined, '', 'short', 'with space 12345', 'a'.repeat(129), '<b>bold</b>1234', ['abcdefgh', 'ijklmnop']])(
    'makes one in place of %p',
    (given) => {
      expect(idFor(given)).toMatch(/^[0-9a-f-]{36}$/);
    },
  );
});
