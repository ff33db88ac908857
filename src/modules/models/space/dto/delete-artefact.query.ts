import { MayBeAbsent } from '../../../../http/validation/may-be-absent.js';
import { Text } from '../../../../http/validation/text.js';

export class DeleteArtefactQuery {
  @MayBeAbsent()
  @Text(
    { max: 1_000, controls: '\n\t' },
    { description: 'Why, for the record.', example: 'Superseded long ago.', required: false },
  )
  reason?: string;
}
