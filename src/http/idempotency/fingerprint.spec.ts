import { fingerprint, type RequestContent } from './fingerprint.js';

const REQUEST: RequestContent = {
  method: 'POST',
  route: '/jobs/:id/start',
  parameters: { id: 'job_1' },
  body: { name: 'a', list: [1, { x: 1, y: null }], nested: { b: true, a: '' } },
};

const of = (overrides: Partial<RequestContent> = {}) => fingerprint({ ...REQUEST, ...overrides });

describe('the fingerprint of a request', () => {
  it('is a SHA-256', () => {
    expect(of()).toMatch(/^[0-9a-f]{64}$/);
  });

  it('does not depend on the order of fields, at any depth, nor on how a number is written', () => {
    const text = '{ "nested": {"a": "", "b": true}, "list": [1.0, {"y": null, "x": 1e0}], "name": "\\u0061" }';
    expect(of({ body: JSON.parse(text) })).toBe(of());
  });

  it('does not depend on the prototype of what the parsers make', () => {
    expect(of({ parameters: Object.assign(Object.create(null) as object, { id: 'job_1' }) })).toBe(of());
  });

  it.each<[string, Partial<RequestContent>]>([
    ['another method', { method: 'PUT' }],
    ['another route', { route: '/jobs/:id/retry' }],
    ['another id', { parameters: { id: 'job_2' } }],
    ['no body', { body: undefined }],
    ['an empty body', { body: {} }],
    ['another value', { body: { ...(REQUEST.body as object), name: 'b' } }],
    ['another type', { body: { ...(REQUEST.body as object), name: ['a'] } }],
    ['another order of a list', { body: { ...(REQUEST.body as object), list: [{ x: 1, y: null }, 1] } }],
    ['a field more', { body: { ...(REQUEST.body as object), more: 1 } }],
    ['a field moved inside', { body: { list: [1, { x: 1, y: null }], nested: { name: 'a', b: true, a: '' } } }],
  ])('changes with %s', (_, overrides) => {
    expect(of(overrides)).not.toBe(of());
  });

  it('tells a field that every object has from none', () => {
    expect(of({ body: JSON.parse('{"__proto__": {"a": 1}}') })).not.toBe(of({ body: {} }));
  });
});
