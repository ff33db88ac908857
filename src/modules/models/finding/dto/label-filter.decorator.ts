import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { ValidateBy } from 'class-validator';
import { repeatable } from '../../../../http/page/filters.js';
import { parseLabels } from '../label-filter.js';

/** Conditions of one request. */
const MOST_CONDITIONS = 20;

/** A filter that may be repeated, each value a condition that `parseLabels` understands. */
export function LabelFilter(): PropertyDecorator {
  return applyDecorators(
    repeatable(MOST_CONDITIONS),
    ValidateBy(
      {
        name: 'matches',
        validator: {
          validate: (text: unknown) => typeof text === 'string' && parseLabels(text) !== null,
          defaultMessage: () => 'label must be key:value, several of which that all have to hold joined by commas',
        },
      },
      { each: true },
    ),
    ApiPropertyOptional({
      description:
        'Only with this label, `key:value`; several joined by commas: with all of them. May be repeated: with any of these. Of models, each label may be the model’s own or that of the version that meets the other filters.',
      type: [String],
      example: ['team:risk,env:prod'],
    }),
  );
}
