import { ValidateIf } from 'class-validator';

/** The field may be left out. Unlike `@IsOptional`, a null that is written down is held against the other rules. */
export function MayBeAbsent(): PropertyDecorator {
  return ValidateIf((_object, value) => value !== undefined);
}
