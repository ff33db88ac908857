import { MayBeAbsent } from '../../../../http/validation/may-be-absent.js';
import { Text } from '../../../../http/validation/text.js';

export class ReasonRequest {
  @MayBeAbsent()
  @Text(
    { max: 1_000, controls: '\n\t' },
    { description: 'Why, for the record.', example: 'Passed the A/B test.', required: false },
  )
  reason?: string;
}
