import { type TrainingConfiguration, ValidationStrategy } from './training-configuration.js';

/** What a run does when its job says nothing. Frozen: hand out copies, see resolveConfiguration. */
export const DEFAULT_CONFIGURATION: Readonly<TrainingConfiguration> = Object.freeze({
  validationStrategy: ValidationStrategy.Holdout,
  validationSplit: 0.2,
  testSplit: 0.1,
  earlyStopping: Object.freeze({ enabled: false, patience: 10, minDelta: 0.001 }),
  preprocessing: Object.freeze({
    normalization: true,
    scaling: 'standard' as const,
    encoding: 'onehot' as const,
    featureSelection: false,
  }),
  dataAugmentation: Object.freeze({ enabled: false, techniques: [] as string[] }),
});

/** For the k-fold strategies; scikit-learn's default. */
export const DEFAULT_FOLDS = 5;
