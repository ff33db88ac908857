import { DomainError, type FieldError } from '../../../errors/domain.error.js';

/** Hyperparameters that a model type cannot be trained with; one entry a field. */
export class InvalidHyperparametersError extends DomainError {
  constructor(errors: FieldError[]) {
    super('invalid', 'invalid_hyperparameters', 'The hyperparameters do not fit the model type.', { errors });
  }
}

/** A model type that makes no sense for the dataset's type. */
export class IncompatibleModelTypeError extends DomainError {
  constructor(detail: string) {
    super('invalid', 'incompatible_model_type', detail, {
      errors: [{ pointer: '/modelType', code: 'incompatible_model_type', detail }],
    });
  }
}
