import { LONGEST_LABEL_VALUE, MOST_LABELS } from '../labels.js';

/** Labels in the OpenAPI document. */
export const LABELS = {
  type: 'object' as const,
  maxProperties: MOST_LABELS,
  additionalProperties: { type: 'string' as const, maxLength: LONGEST_LABEL_VALUE },
  example: { team: 'risk', env: 'prod' },
};
