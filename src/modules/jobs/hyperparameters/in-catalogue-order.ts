import type { ModelType } from '../model-type.js';
import { HYPERPARAMETERS } from './catalogue.js';

/** The database keeps a set without the order of its names; people read it in the catalogue's. */
export function inCatalogueOrder(modelType: ModelType, values: Record<string, unknown>): Record<string, unknown> {
  const names = HYPERPARAMETERS[modelType].map(({ name }) => name).filter((name) => name in values);
  return { ...Object.fromEntries(names.map((name) => [name, values[name]])), ...values };
}
