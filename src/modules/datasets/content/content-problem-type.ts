/** Something in a dataset's content that keeps it from being trained on. */
export interface ContentProblem {
  code: string;
  detail: string;
  /** Line or record, from 1, as an editor counts. */
  row?: number;
  /** Name of the column; images: path of the file in its archive. */
  column?: string;
}
