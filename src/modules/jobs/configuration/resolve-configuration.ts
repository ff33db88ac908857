import { DEFAULT_CONFIGURATION, DEFAULT_FOLDS } from './default-configuration.js';
import { type TrainingConfiguration, ValidationStrategy } from './training-configuration.js';

/** A configuration of which anything may be left out. */
export type PartialConfiguration = Partial<
  Omit<TrainingConfiguration, 'earlyStopping' | 'preprocessing' | 'dataAugmentation'>
> & {
  earlyStopping?: Partial<TrainingConfiguration['earlyStopping']>;
  preprocessing?: Partial<TrainingConfiguration['preprocessing']>;
  dataAugmentation?: Partial<TrainingConfiguration['dataAugmentation']>;
};

/**
 * Fills in the defaults, in a fixed order of keys. Early stopping and augmentation count as enabled when any of
 * their settings is given without `enabled`: nobody writes down a patience that is to be ignored.
 */
export function resolveConfiguration(given: PartialConfiguration = {}): TrainingConfiguration {
  const defaults = DEFAULT_CONFIGURATION;
  const { earlyStopping, preprocessing, dataAugmentation } = given;
  const validationStrategy = given.validationStrategy ?? defaults.validationStrategy;
  const folds =
    given.crossValidationFolds ?? (validationStrategy === ValidationStrategy.Holdout ? undefined : DEFAULT_FOLDS);
  const normalization = preprocessing?.normalization ?? defaults.preprocessing.normalization;
  const scaling = preprocessing?.scaling ?? (normalization ? defaults.preprocessing.scaling : undefined);
  return {
    validationStrategy,
    validationSplit: given.validationSplit ?? defaults.validationSplit,
    testSplit: given.testSplit ?? defaults.testSplit,
    ...(folds !== undefined && { crossValidationFolds: folds }),
    earlyStopping: {
      enabled: earlyStopping?.enabled ?? isGiven(earlyStopping),
      patience: earlyStopping?.patience ?? defaults.earlyStopping.patience,
      minDelta: earlyStopping?.minDelta ?? defaults.earlyStopping.minDelta,
    },
    preprocessing: {
      normalization,
      ...(scaling !== undefined && { scaling }),
      encoding: preprocessing?.encoding ?? defaults.preprocessing.encoding,
      featureSelection: preprocessing?.featureSelection ?? defaults.preprocessing.featureSelection,
    },
    dataAugmentation: {
      enabled: dataAugmentation?.enabled ?? isGiven(dataAugmentation),
      techniques: [...(dataAugmentation?.techniques ?? defaults.dataAugmentation.techniques)],
    },
  };
}

function isGiven(settings: object | undefined): boolean {
  return settings !== undefined && Object.values(settings).some((value) => value !== undefined);
}
