import { Reason } from '../../dto/reason.decorator.js';

export class ReasonRequest {
  @Reason('Passed the A/B test.')
  reason?: string;
}
