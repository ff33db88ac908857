/** An epoch as detectors see it. Losses of an engine that blew up are no numbers. */
export interface Point {
  epoch: number;
  loss: number;
  validationLoss: number;
  /** 0–1. */
  accuracy: number | null;
  learningRate: number;
  /** Milliseconds that the engine took; null where it is not known. */
  durationMs: number | null;
}
