/** How the columns and rows of a csv file are told apart; values are quoted with ". */
export interface CsvDialect {
  /** One ASCII character. */
  delimiter: string;
  hasHeader: boolean;
}

/** What is read at once in memory; longer rows are rejected. */
export const LONGEST_ROW_BYTES = 8 * 1024 * 1024;
