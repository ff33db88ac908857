import { ModelType } from '../model-type.js';
import type { Hyperparameter } from './hyperparameter.js';
import { cnn } from './schemas/cnn.js';
import { linearRegression } from './schemas/linear-regression.js';
import { lstm } from './schemas/lstm.js';
import { neuralNetwork } from './schemas/neural-network.js';
import { randomForest } from './schemas/random-forest.js';
import { transformer } from './schemas/transformer.js';
import { xgboost } from './schemas/xgboost.js';

/** The one place that says what each model type can be tuned with: validates jobs, fills defaults, is served as it is. */
export const HYPERPARAMETERS: Readonly<Record<ModelType, readonly Hyperparameter[]>> = {
  [ModelType.LinearRegression]: linearRegression,
  [ModelType.RandomForest]: randomForest,
  [ModelType.NeuralNetwork]: neuralNetwork,
  [ModelType.Xgboost]: xgboost,
  [ModelType.Transformer]: transformer,
  [ModelType.Cnn]: cnn,
  [ModelType.Lstm]: lstm,
};
