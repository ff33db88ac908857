import { DatasetType } from '../../datasets/dataset-type.js';

/** What the simulator takes for granted about a kind of dataset. Losses are shares of the loss of guessing. */
export interface Task {
  /** Classes of the target; 0 where it has none. */
  classes: number;
  /** What guessing costs: the entropy of even classes in nats, or the variance of a standardised target. */
  chanceLoss: number;
  /** Share of it that no model gets rid of. */
  irreducible: number;
  /** Numbers a model sees a row as; 0: as many as there are features. */
  inputs: number;
}

const TASKS: Readonly<Record<DatasetType, Task>> = {
  [DatasetType.Classification]: { classes: 3, chanceLoss: Math.log(3), irreducible: 0.05, inputs: 0 },
  [DatasetType.Regression]: { classes: 0, chanceLoss: 1, irreducible: 0.08, inputs: 0 },
  [DatasetType.Clustering]: { classes: 0, chanceLoss: 1, irreducible: 0.12, inputs: 0 },
  [DatasetType.Nlp]: { classes: 4, chanceLoss: Math.log(4), irreducible: 0.09, inputs: 256 },
  [DatasetType.ComputerVision]: { classes: 10, chanceLoss: Math.log(10), irreducible: 0.06, inputs: 3072 },
};

export function taskOf(type: DatasetType): Task {
  return TASKS[type];
}
