import { ModelType } from '../model-type.js';
import type { Hyperparameters } from './hyperparameter.js';

export interface RelationComplaint {
  name: string;
  code: 'inconsistent';
  detail: string;
}

/** What only several values together can show. Expects values that are each valid on their own. */
export function checkRelations(modelType: ModelType, values: Hyperparameters): RelationComplaint[] {
  if (modelType !== ModelType.Transformer) return [];
  const { hiddenSize, attentionHeads } = values as { hiddenSize: number; attentionHeads: number };
  if (hiddenSize % attentionHeads === 0) return [];
  return [
    {
      name: 'hiddenSize',
      code: 'inconsistent',
      detail: `hiddenSize (${hiddenSize}) must be a multiple of attentionHeads (${attentionHeads}).`,
    },
  ];
}
