import type { DomainError } from '../../errors/domain.error.js';
import { MAX_DEPTH } from './inspect-json.js';
import { parseJson } from './parse-json.js';

function failureOf(body: string | Buffer): Pick<DomainError, 'kind' | 'code' | 'details'> {
  try {
    parseJson(Buffer.from(body));
  } catch (error) {
    return error as DomainError;
  }
  throw new Error('The body was accepted.');
}

const nested = (levels: number) => `{"a":${'['.repeat(levels)}${']'.repeat(levels)}}`;

describe('parseJson', () => {
  it('parses an object', () => {
    expect(parseJson(Buffer.from('{"a":[1,{"b":"é\\n"}]}'))).toEqual({ a: [1, { b: 'é\n' }] });
  });

  it('takes an empty body for none', () => {
    expect(parseJson(Buffer.alloc(0))).toBeUndefined();
  });

  it.each(['{', '{"a":}', 'NaN', '{"a":1}x', Buffer.from([0x22, 0xff, 0x22])])('refuses %p as malformed', (body) => {
    expect(failureOf(body)).toMatchObject({ kind: 'invalid', code: 'malformed_json' });
  });

  it.each(['[]', '"x"', '1', 'null', 'true'])('refuses %s, which is no object', (body) => {
    expect(failureOf(body)).toMatchObject({ code: 'validation_failed', details: { errors: [{ pointer: '' }] } });
  });

  it('bounds the depth, without a stack that could overflow', () => {
    expect(() => parseJson(Buffer.from(nested(MAX_DEPTH - 1)))).not.toThrow();
    expect(failureOf(nested(MAX_DEPTH)).code).toBe('nesting_too_deep');
    expect(failureOf(nested(5_000)).code).toBe('nesting_too_deep');
    expect(failureOf('{"a":'.repeat(200_000) + '1' + '}'.repeat(200_000)).code).toBe('nesting_too_deep');
  });

  it.each(['__proto__', 'constructor', 'prototype'])('refuses the key %s wherever it stands', (key) => {
    expect(failureOf(`{"a":[{"${key}":{}}]}`).details.errors).toMatchObject([
      { pointer: `/a/0/${key}`, code: 'forbidden_key' },
    ]);
  });

  it.each(['\\u0000', '\\ud800', '\\udc00x', '\\u0007', '\\u009f'])(
    'refuses the text %s, as a value or a key',
    (text) => {
      expect(failureOf(`{"a":{"b":"x${text}"}}`).details.errors).toMatchObject([
        { pointer: '/a/b', code: 'invalid_characters' },
      ]);
      expect(failureOf(`{"${text}":1}`).code).toBe('validation_failed');
    },
  );

  it('leaves tabs, line breaks and pairs of surrogates to the fields', () => {
    expect(parseJson(Buffer.from('{"a":"\\t\\r\\n\\ud83d\\ude00"}'))).toEqual({ a: '\t\r\n😀' });
  });
});
