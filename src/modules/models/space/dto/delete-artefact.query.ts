import { Reason } from '../../../../http/validation/reason.js';

export class DeleteArtefactQuery {
  @Reason('Superseded long ago.')
  reason?: string;
}
