/** What the commands read of the API's answers, as any client might declare it. */
export interface Dataset {
  id: string;
  name: string;
  status: string;
}

export interface Job {
  id: string;
  name: string;
  modelId: string;
  modelType: string;
  status: string;
}

export interface Progress {
  /** The one under way where `currentBatch` lies inside it, else the last one. */
  currentEpoch: number;
  totalEpochs: number;
  currentBatch?: number;
  totalBatches?: number;
  loss?: number;
  validationLoss?: number;
  accuracy?: number;
  /** Milliseconds, as are the next two. */
  estimatedTimeRemaining?: number;
  estimatedTimeRemainingLow?: number;
  estimatedTimeRemainingHigh?: number;
}

export interface ModelVersion {
  modelId: string;
  version: string;
  status: string;
  trainingJobId: string;
  filePath?: string;
  fileSize?: number;
  metrics?: Record<string, unknown>;
  performance?: Record<string, unknown>;
}

export interface List<T> {
  data: T[];
}
