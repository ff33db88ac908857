import fc from 'fast-check';
import { MODEL_ID, slugOf } from './slug.js';

describe('slugOf', () => {
  it.each([
    ['Customer Segmentation Model', 'customer_segmentation_model'],
    ['  --Crème Brûlée, 2nd try!  ', 'creme_brulee_2nd_try'],
    ['ＦＵＬＬ width ①', 'full_width_1'],
    ['__proto__', 'proto'],
    ['a', 'a'],
  ])('makes %p %p', (name, slug) => {
    expect(slugOf(name)).toBe(slug);
  });

  it.each(['模型', '😀', '---', ''])('has nothing to make of %p', (name) => {
    expect(slugOf(name)).toBeNull();
  });

  it('is a model id whatever the name, and stays what it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
        const slug = slugOf(name);
        if (slug === null) return;
        expect(slug).toMatch(MODEL_ID);
        expect(slugOf(slug)).toBe(slug);
      }),
    );
  });
});
