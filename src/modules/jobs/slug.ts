/** What a model may be called: also the last part of its URL. */
export const MODEL_ID = /^[a-z0-9][a-z0-9_-]{0,99}$/;

const LONGEST = 100;

/** A name in snake_case: `Customer Segmentation Model` → `customer_segmentation_model`. Null when nothing is left of it. */
export function slugOf(name: string): string | null {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_/, '')
    .slice(0, LONGEST)
    .replace(/_$/, '');
  return slug === '' ? null : slug;
}
