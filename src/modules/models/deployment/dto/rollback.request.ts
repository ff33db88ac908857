import { Matches } from 'class-validator';
import { MayBeAbsent } from '../../../../http/validation/may-be-absent.js';
import { Text } from '../../../../http/validation/text.js';
import { VERSION } from '../../version-number.js';
import { ReasonRequest } from './reason.request.js';

export class RollbackRequest extends ReasonRequest {
  @MayBeAbsent()
  @Matches(VERSION)
  @Text(
    { max: 40 },
    {
      description: 'A version that was deployed before the current one. Default: the one before.',
      example: '1.2.0',
      pattern: VERSION.source,
      required: false,
    },
  )
  to?: string;
}
