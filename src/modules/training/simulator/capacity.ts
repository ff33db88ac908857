import { DatasetType } from '../../datasets/dataset-type.js';
import { ModelType } from '../../jobs/model-type.js';
import type { TrainingSpec } from '../trainer.js';
import { listOf, numberOf } from './settings.js';
import { taskOf } from './task.js';

/** Words that a transformer embeds. */
const VOCABULARY = 10_000;
/** A convolutional stack ends in a map of this many places, whatever the size of the image. */
const FINAL_PLACES = 16;

/** Trainable parameters (for trees: leaves) of the model that the hyperparameters describe. Grows without bound. */
export function parameterCount(spec: TrainingSpec): number {
  const task = taskOf(spec.dataset);
  const inputs = task.inputs || Math.max(1, spec.dataset.features.length);
  // Without a target a model reconstructs its input.
  const outputs = task.classes || (spec.dataset.type === DatasetType.Clustering ? inputs : 1);
  switch (spec.modelType) {
    case ModelType.LinearRegression:
      return dense([inputs, outputs]);
    case ModelType.NeuralNetwork:
      return dense([inputs, ...listOf(spec, 'hiddenLayers'), outputs]);
    case ModelType.Cnn:
      return convolutions(spec) + dense([flattened(spec), ...listOf(spec, 'hiddenLayers'), outputs]);
    case ModelType.Lstm:
      return recurrent(spec, inputs, outputs);
    case ModelType.Transformer:
      return attention(spec, outputs);
  }
  // Trees.
  return leaves(spec);
}

function dense(widths: readonly number[]): number {
  return widths.slice(1).reduce((sum, width, i) => sum + (widths[i]! + 1) * width, 0);
}

function convolutions(spec: TrainingSpec): number {
  // Images come in three colours and are looked at in squares; signals and text in one dimension.
  const image = spec.dataset.type === DatasetType.ComputerVision;
  const window = numberOf(spec, 'kernelSize', 3) ** (image ? 2 : 1);
  const channels = [image ? 3 : 1, ...listOf(spec, 'filters')];
  return channels.slice(1).reduce((sum, width, i) => sum + (channels[i]! * window + 1) * width, 0);
}

function flattened(spec: TrainingSpec): number {
  return (listOf(spec, 'filters').at(-1) ?? 1) * FINAL_PLACES;
}

/** Four gates, each fed by the input and the state (Hochreiter & Schmidhuber 1997, with forget gates). */
function recurrent(spec: TrainingSpec, inputs: number, outputs: number): number {
  const width = numberOf(spec, 'hiddenSize', 128);
  const directions = spec.hyperparameters.bidirectional === true ? 2 : 1;
  const first = 4 * width * (inputs + width + 1);
  const further = 4 * width * (directions * width + width + 1) * (numberOf(spec, 'numLayers', 2) - 1);
  return directions * (first + further) + dense([directions * width, outputs]);
}

/** 4·d² of attention and 2·d·f of feed-forward a block (Kaplan et al. 2020, table 1), and embeddings. */
function attention(spec: TrainingSpec, outputs: number): number {
  const width = numberOf(spec, 'hiddenSize', 256);
  const block = 4 * width ** 2 + 2 * width * numberOf(spec, 'feedForwardSize', 1024);
  const tokens = spec.dataset.type === DatasetType.Nlp ? VOCABULARY : Math.max(1, spec.dataset.features.length);
  return block * numberOf(spec, 'numLayers', 4) + tokens * width + dense([width, outputs]);
}

/** A tree has at most 2^depth leaves, and never more than there are rows to fill them. */
function leaves(spec: TrainingSpec): number {
  const rows = Math.max(1, spec.dataset.size / numberOf(spec, 'minSamplesLeaf', 1));
  return Math.max(1, Math.floor(numberOf(spec, 'epochs', 1) * Math.min(2 ** numberOf(spec, 'maxDepth', 6), rows)));
}
