import { applyDecorators } from '@nestjs/common';
import { MayBeAbsent } from '../../../http/validation/may-be-absent.js';
import { Text } from '../../../http/validation/text.js';

/** Why somebody changes what is in production or in store; it may be left out. */
export function Reason(example: string): PropertyDecorator {
  return applyDecorators(
    MayBeAbsent(),
    Text({ max: 1_000, controls: '\n\t' }, { description: 'Why, for the record.', example, required: false }),
  );
}
