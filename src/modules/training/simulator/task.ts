import { DatasetType } from '../../datasets/dataset-type.js';
import type { TrainingSpec } from '../trainer.js';

/** What the simulator takes for granted about a kind of dataset. Losses are shares of the loss of guessing. */
export interface Task {
  /** Classes of the target; 0 where it has none. */
  classes: number;
  /** Share of the rows that always guessing the most frequent class gets wrong; 0 where there are no classes. */
  chanceError: number;
  /** What guessing costs: the entropy of the classes in nats, or the variance of a standardised target. */
  chanceLoss: number;
  /** Share of it that no model gets rid of. */
  irreducible: number;
  /** Numbers a model sees a row as; 0: as many as there are features. */
  inputs: number;
}

/** Of a dataset that nobody has looked into: classes are as many as people know of such data, and even. */
const ASSUMED: Readonly<Record<DatasetType, Pick<Task, 'classes' | 'irreducible' | 'inputs'>>> = {
  [DatasetType.Classification]: { classes: 3, irreducible: 0.05, inputs: 0 },
  [DatasetType.Regression]: { classes: 0, irreducible: 0.08, inputs: 0 },
  [DatasetType.Clustering]: { classes: 0, irreducible: 0.12, inputs: 0 },
  [DatasetType.Nlp]: { classes: 4, irreducible: 0.09, inputs: 256 },
  [DatasetType.ComputerVision]: { classes: 10, irreducible: 0.06, inputs: 3072 },
};

/** The task that a dataset poses; its own classes where they were counted. */
export function taskOf({ type, classes = [] }: Pick<TrainingSpec['dataset'], 'type' | 'classes'>): Task {
  const assumed = ASSUMED[type];
  if (assumed.classes === 0) return { ...assumed, chanceError: 0, chanceLoss: 1 };
  if (classes.length < 2) {
    return { ...assumed, chanceError: 1 - 1 / assumed.classes, chanceLoss: Math.log(assumed.classes) };
  }
  const shares = classes.map(({ share }) => share);
  const chanceLoss = shares.reduce((entropy, share) => entropy - (share > 0 ? share * Math.log(share) : 0), 0);
  return { ...assumed, classes: classes.length, chanceError: 1 - Math.max(...shares), chanceLoss };
}
