import { DomainError } from '../../../errors/domain.error.js';

export class CardNotAcceptableError extends DomainError {
  constructor() {
    super('not_acceptable', 'not_acceptable', 'A card is application/json or text/markdown.');
  }
}
