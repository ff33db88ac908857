import { Reason } from '../../../../http/validation/reason.js';

export class ReasonRequest {
  @Reason('Passed the A/B test.')
  reason?: string;
}
