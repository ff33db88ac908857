export enum DatasetStatus {
  Uploading = 'uploading',
  Processing = 'processing',
  Ready = 'ready',
  Error = 'error',
}

/** Which statuses may follow which. A dataset in error may be processed again once its declaration is mended. */
export const DATASET_TRANSITIONS: Readonly<Record<DatasetStatus, readonly DatasetStatus[]>> = {
  [DatasetStatus.Uploading]: [DatasetStatus.Processing],
  [DatasetStatus.Processing]: [DatasetStatus.Ready, DatasetStatus.Error],
  [DatasetStatus.Ready]: [],
  [DatasetStatus.Error]: [DatasetStatus.Processing],
};
