import { ValidationPipe } from '@nestjs/common';
import { fieldErrors } from './field-errors.js';
import { ValidationFailedError } from './validation.errors.js';

/** Turns bodies and queries into their DTOs, or refuses them with one entry a field. Unknown fields are refused. */
export function validationPipe(): ValidationPipe {
  return new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    transform: true,
    exceptionFactory: (errors) => new ValidationFailedError(fieldErrors(errors)),
  });
}
