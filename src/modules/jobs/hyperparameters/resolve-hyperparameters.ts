import type { FieldError } from '../../../errors/domain.error.js';
import type { ModelType } from '../model-type.js';
import { HYPERPARAMETERS } from './catalogue.js';
import { checkValue } from './check-value.js';
import type { Hyperparameter, Hyperparameters, HyperparameterValue } from './hyperparameter.js';
import { InvalidHyperparametersError } from './hyperparameters.errors.js';
import { nearestName } from './nearest-name.js';
import { checkRelations } from './relations.js';

/** An answer lists no more complaints than this, however many there are. */
const MOST_ERRORS = 100;

/**
 * The complete set a model type is trained with: what was given, checked, and defaults for the rest.
 * @throws InvalidHyperparametersError with one entry a field.
 */
export function resolveHyperparameters(modelType: ModelType, given: unknown = {}): Hyperparameters {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new InvalidHyperparametersError([
      { pointer: '/hyperparameters', code: 'wrong_type', detail: 'hyperparameters must be an object.' },
    ]);
  }
  const schema = HYPERPARAMETERS[modelType];
  const values = given as Record<string, unknown>;
  const resolved: Hyperparameters = {};
  const errors: FieldError[] = unknownNames(schema, values);
  for (const entry of schema) {
    // Own properties only: a polluted prototype must not set a learning rate.
    const value = Object.hasOwn(values, entry.name) ? values[entry.name] : undefined;
    const complaint = value === undefined ? null : checkValue(entry, value);
    if (complaint) errors.push({ pointer: pointerTo(entry.name), ...complaint });
    // Only what was found good is copied: a sparse list of four billion places is not.
    else resolved[entry.name] = copied(value === undefined ? entry.default : (value as HyperparameterValue));
  }
  if (errors.length === 0) {
    for (const { name, ...complaint } of checkRelations(modelType, resolved)) {
      errors.push({ pointer: pointerTo(name), ...complaint });
    }
  }
  if (errors.length > 0) throw new InvalidHyperparametersError(errors.slice(0, MOST_ERRORS));
  return resolved;
}

function unknownNames(schema: readonly Hyperparameter[], given: Record<string, unknown>): FieldError[] {
  const known = new Set(schema.map((entry) => entry.name));
  const unknown = Object.keys(given).filter((name) => !known.has(name));
  return unknown.slice(0, MOST_ERRORS).map((name) => {
    const nearest = nearestName(name, schema);
    return {
      pointer: pointerTo(name),
      code: 'unknown_hyperparameter',
      detail: nearest
        ? `Unknown hyperparameter; did you mean ${nearest}?`
        : `Unknown hyperparameter; known ones are ${[...known].join(', ')}.`,
    };
  });
}

/** RFC 6901. */
function pointerTo(name: string): string {
  return `/hyperparameters/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** Lists are copied, and −0 becomes 0, which is what JSON would make of it. */
function copied(value: HyperparameterValue | readonly number[]): HyperparameterValue {
  if (typeof value === 'object') return [...value];
  return typeof value === 'number' ? value + 0 : value;
}
