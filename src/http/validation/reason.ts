import { applyDecorators } from '@nestjs/common';
import { Matches } from 'class-validator';
import { MayBeAbsent } from './may-be-absent.js';
import { Text } from './text.js';

/** Something to read: of characters that cannot be seen alone, nobody learns why. */
const LEGIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** Why something is asked for, on record; may be left out. Has a letter, number, punctuation mark or symbol at least. */
export function Reason(example: string): PropertyDecorator {
  return applyDecorators(
    MayBeAbsent(),
    Matches(LEGIBLE, { message: '$property must have a letter, a number, a punctuation mark or a symbol' }),
    Text({ max: 1_000, controls: '\n\t' }, { description: 'Why, for the record.', example, required: false }),
  );
}
