import { DatasetType } from '../../datasets/dataset-type.js';
import { ModelType } from '../model-type.js';

/** What each model type can learn from, and as what. A pair that is not here makes no sense and is refused. */
export const COMPATIBILITY: Readonly<Record<ModelType, Readonly<Partial<Record<DatasetType, string>>>>> = {
  [ModelType.LinearRegression]: {
    [DatasetType.Classification]: 'logistic (softmax) regression',
    [DatasetType.Regression]: 'least squares by gradient descent',
    [DatasetType.Nlp]: 'logistic regression over a bag of words',
  },
  [ModelType.RandomForest]: {
    [DatasetType.Classification]: 'voting trees',
    [DatasetType.Regression]: 'averaged trees',
    [DatasetType.Clustering]: 'clusters of the forest’s proximities (Shi & Horvath 2006)',
    [DatasetType.Nlp]: 'voting trees over a bag of words',
  },
  [ModelType.NeuralNetwork]: {
    [DatasetType.Classification]: 'multilayer perceptron',
    [DatasetType.Regression]: 'multilayer perceptron',
    [DatasetType.Clustering]: 'autoencoder with clustered codes (Xie et al. 2016)',
    [DatasetType.Nlp]: 'perceptron over averaged word vectors',
    [DatasetType.ComputerVision]: 'perceptron over flattened pixels',
  },
  [ModelType.Xgboost]: {
    [DatasetType.Classification]: 'gradient-boosted trees',
    [DatasetType.Regression]: 'gradient-boosted trees',
    [DatasetType.Nlp]: 'gradient-boosted trees over a bag of words',
  },
  [ModelType.Transformer]: {
    [DatasetType.Classification]: 'features as tokens (Gorishniy et al. 2021)',
    [DatasetType.Regression]: 'features as tokens (Gorishniy et al. 2021)',
    [DatasetType.Nlp]: 'text classifier',
    [DatasetType.ComputerVision]: 'patches as tokens (Dosovitskiy et al. 2020)',
  },
  [ModelType.Cnn]: {
    [DatasetType.Classification]: 'convolutions over rows that are signals',
    [DatasetType.Regression]: 'convolutions over rows that are signals',
    [DatasetType.Nlp]: 'convolutions over word vectors (Kim 2014)',
    [DatasetType.ComputerVision]: 'image classifier',
  },
  [ModelType.Lstm]: {
    [DatasetType.Classification]: 'classifier of sequences',
    [DatasetType.Regression]: 'forecast of sequences',
    [DatasetType.Nlp]: 'text classifier',
  },
};

/** Why a model type cannot learn from a dataset type, as a sentence; null where it can. */
export function incompatibility(datasetType: DatasetType, modelType: ModelType): string | null {
  if (COMPATIBILITY[modelType][datasetType] !== undefined) return null;
  const fitting = Object.values(ModelType).filter((type) => COMPATIBILITY[type][datasetType] !== undefined);
  return `A ${modelType} model cannot learn from a ${datasetType} dataset; these can: ${fitting.join(', ')}.`;
}
