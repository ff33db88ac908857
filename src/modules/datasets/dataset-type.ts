/** What a dataset is for; decides which models can learn from it and which metrics they get. */
export enum DatasetType {
  Classification = 'classification',
  Regression = 'regression',
  Clustering = 'clustering',
  Nlp = 'nlp',
  ComputerVision = 'computer_vision',
}

export enum DatasetFormat {
  Csv = 'csv',
  Json = 'json',
  Parquet = 'parquet',
  Images = 'images',
}

/** Where the bytes are and how to read them. `source: upload` means that they will be sent to the platform. */
export interface DatasetMetadata {
  source: string;
  format: DatasetFormat;
  encoding?: string;
  delimiter?: string;
  hasHeader?: boolean;
}

/** The `metadata.source` of datasets whose bytes live in the platform. */
export const UPLOAD_SOURCE = 'upload';
