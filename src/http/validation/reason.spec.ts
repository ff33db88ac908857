import type { ValidationFailedError } from './validation.errors.js';
import { Reason } from './reason.js';
import { validationPipe } from './validation.pipe.js';

class Order {
  @Reason('Because.')
  reason?: string;
}

const order = (value: unknown) =>
  validationPipe().transform(value, { type: 'body', metatype: Order }) as Promise<Order>;

describe('a reason', () => {
  it.each([{}, { reason: 'Why' }, { reason: '7' }, { reason: '?' }, { reason: '👍' }, { reason: 'می\u200cخواهم' }])(
    'is %j',
    async (given) => {
      expect(await order(given)).toEqual(given);
    },
  );

  it.each([
    ['\u200b', 'wrong_format'],
    ['\u202e', 'wrong_format'],
    ['\u200b \u2060\n\u00ad', 'wrong_format'],
    ['\u0301', 'wrong_format'],
    [' ', 'wrong_length'],
    ['a\u0000', 'invalid_characters'],
    ['x'.repeat(1_001), 'wrong_length'],
    [null, 'wrong_type'],
  ])('is not %j', async (reason, code) => {
    const refused = await order({ reason }).catch((error: unknown) => error as ValidationFailedError);
    expect(refused).toMatchObject({ details: { errors: [{ pointer: '/reason', code }] } });
  });
});
