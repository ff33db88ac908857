export enum ValidationStrategy {
  Holdout = 'holdout',
  KFold = 'kfold',
  StratifiedKFold = 'stratified_kfold',
}

/** How a run splits, prepares and watches its data. Shares are fractions of the rows, 0–1. */
export interface TrainingConfiguration {
  validationStrategy: ValidationStrategy;
  validationSplit: number;
  testSplit: number;
  /** Only with the k-fold strategies. */
  crossValidationFolds?: number;
  earlyStopping: { enabled: boolean; patience: number; minDelta: number };
  preprocessing: {
    normalization: boolean;
    scaling?: 'standard' | 'minmax' | 'robust';
    encoding?: 'onehot' | 'label' | 'target';
    featureSelection: boolean;
  };
  dataAugmentation: { enabled: boolean; techniques: string[] };
}
