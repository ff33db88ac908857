/** What the demo reads of the API's answers, as any client might declare it. */
export interface Dataset {
  id: string;
  name: string;
  status: string;
}

export interface Job {
  id: string;
  name: string;
  modelId: string;
  status: string;
  error?: string;
}

export interface Progress {
  currentEpoch: number;
  totalEpochs: number;
  loss?: number;
  validationLoss?: number;
  accuracy?: number;
  /** Milliseconds. */
  estimatedTimeRemaining?: number;
  status: string;
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
