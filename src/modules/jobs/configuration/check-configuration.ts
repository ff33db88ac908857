import type { FieldError } from '../../../errors/domain.error.js';
import { DatasetType } from '../../datasets/dataset-type.js';
import { type TrainingConfiguration, ValidationStrategy } from './training-configuration.js';

/** Sums of decimal fractions miss 1 by a few units in the last place. */
const NOTHING = 1e-9;

const LABELLED: ReadonlySet<DatasetType> = new Set([
  DatasetType.Classification,
  DatasetType.Nlp,
  DatasetType.ComputerVision,
]);

/** What only the whole of a resolved configuration can show, and, where the dataset's type is known, what it adds. */
export function checkConfiguration(configuration: TrainingConfiguration, datasetType?: DatasetType): FieldError[] {
  return [
    ...checkSplits(configuration),
    ...checkAugmentation(configuration),
    ...(datasetType ? checkAgainstDataset(configuration, datasetType) : []),
  ];
}

function checkSplits(configuration: TrainingConfiguration): FieldError[] {
  const { validationStrategy, validationSplit, testSplit, crossValidationFolds } = configuration;
  if (validationStrategy === ValidationStrategy.Holdout) {
    const errors: FieldError[] = [];
    if (1 - validationSplit - testSplit < NOTHING) {
      errors.push(
        error('validationSplit', 'nothing_to_train_on', 'validationSplit and testSplit together must be less than 1.'),
      );
    }
    if (crossValidationFolds !== undefined) {
      const detail = 'crossValidationFolds goes with the strategies kfold and stratified_kfold only.';
      errors.push(error('crossValidationFolds', 'only_with_kfold', detail));
    }
    return errors;
  }
  // The folds take the place of validationSplit, which is not looked at.
  return crossValidationFolds === undefined
    ? [error('crossValidationFolds', 'required', `crossValidationFolds is needed with ${validationStrategy}.`)]
    : [];
}

function checkAugmentation({ dataAugmentation }: TrainingConfiguration): FieldError[] {
  if (!dataAugmentation.enabled || dataAugmentation.techniques.length > 0) return [];
  return [error('dataAugmentation/techniques', 'required', 'Enabled augmentation needs at least one technique.')];
}

function checkAgainstDataset(configuration: TrainingConfiguration, type: DatasetType): FieldError[] {
  const errors: FieldError[] = [];
  if (configuration.validationStrategy === ValidationStrategy.StratifiedKFold && !LABELLED.has(type)) {
    const detail = `stratified_kfold needs classes, which a ${type} dataset does not have.`;
    errors.push(error('validationStrategy', 'needs_classes', detail));
  }
  if (configuration.preprocessing.encoding === 'target' && type === DatasetType.Clustering) {
    const detail = 'Target encoding needs a target, which a clustering dataset does not have.';
    errors.push(error('preprocessing/encoding', 'needs_target', detail));
  }
  return errors;
}

function error(field: string, code: string, detail: string): FieldError {
  return { pointer: `/configuration/${field}`, code, detail };
}
