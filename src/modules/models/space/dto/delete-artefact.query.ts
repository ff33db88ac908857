import { Reason } from '../../dto/reason.decorator.js';

export class DeleteArtefactQuery {
  @Reason('Superseded long ago.')
  reason?: string;
}
