import { isCleanText } from '../../../http/validation/clean-text.js';
import { LABEL_KEY, type Labels, LONGEST_LABEL_VALUE } from '../labels.js';

/** Labels of one condition. */
const MOST_PAIRS = 8;

/** The labels of `key:value,key:value`, one an object and in the order of their keys, or null for any other text. */
export function parseLabels(text: string): Labels[] | null {
  const pairs = text.split(',').map(parsePair);
  if (pairs.length > MOST_PAIRS || pairs.some((pair) => pair === null)) return null;
  return (pairs as [string, string][]).toSorted().map(([key, value]) => ({ [key]: value }));
}

/** The value may have colons of its own, a key has none. */
function parsePair(text: string): [key: string, value: string] | null {
  const colon = text.indexOf(':');
  if (colon < 0) return null;
  const [key, value] = [text.slice(0, colon).trim(), text.slice(colon + 1).trim()];
  return LABEL_KEY.test(key) && value.length <= LONGEST_LABEL_VALUE && isCleanText(value) ? [key, value] : null;
}
