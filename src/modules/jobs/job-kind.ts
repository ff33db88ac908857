export enum JobKind {
  /** Makes a version. */
  Training = 'training',
  /** Trains a version again, to see whether the same comes out; makes none. */
  Verification = 'verification',
}
