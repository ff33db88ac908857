import fc from 'fast-check';
import { ModelType } from '../model-type.js';
import { HYPERPARAMETERS } from './catalogue.js';
import type { Bounds, Hyperparameter } from './hyperparameter.js';

/** Any valid set for a model type, absurd ones included. For tests; not part of the build. */
export function validHyperparameters(
  modelType: ModelType,
  most: { epochs?: number } = {},
): fc.Arbitrary<Record<string, unknown>> {
  const entries = HYPERPARAMETERS[modelType].map((entry): [string, fc.Arbitrary<unknown>] => [
    entry.name,
    entry.name === 'epochs' ? fc.integer({ min: 1, max: most.epochs ?? 100 }) : valid(entry),
  ]);
  const set = fc.record(Object.fromEntries(entries), { requiredKeys: ['epochs'] });
  return modelType === ModelType.Transformer ? set.map(withDividedWidth) : set;
}

/** The one relation between values: a transformer's heads divide its width. */
function withDividedWidth(set: Record<string, unknown>): Record<string, unknown> {
  const { hiddenSize = 256, attentionHeads = 8 } = set as { hiddenSize?: number; attentionHeads?: number };
  return { ...set, attentionHeads, hiddenSize: Math.max(1, Math.floor(hiddenSize / attentionHeads)) * attentionHeads };
}

function valid(entry: Hyperparameter): fc.Arbitrary<unknown> {
  switch (entry.type) {
    case 'integer':
      return integer(entry);
    case 'number':
      return fc.double({
        min: entry.minimum ?? entry.exclusiveMinimum!,
        minExcluded: entry.exclusiveMinimum !== undefined,
        max: entry.maximum ?? entry.exclusiveMaximum!,
        maxExcluded: entry.exclusiveMaximum !== undefined,
        noNaN: true,
      });
    case 'boolean':
      return fc.boolean();
    case 'enum':
      return fc.constantFrom(...entry.values);
  }
  return fc.array(integer(entry), { minLength: entry.minItems, maxLength: entry.maxItems });
}

const integer = (bounds: Bounds) => fc.integer({ min: bounds.minimum!, max: bounds.maximum! });
