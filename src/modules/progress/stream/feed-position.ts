/** Where a reader of a tenant's stream stands. Transaction first: events become visible as transactions end. */
export interface FeedPosition {
  transaction: number;
  jobId: string;
  number: number;
}

const POSITION = /^(\d{1,15})(?:\.([A-Za-z0-9_-]{1,128})\.(\d{1,9}))?$/;

export function feedPositionId({ transaction, jobId, number }: FeedPosition): string {
  return jobId === '' ? String(transaction) : `${transaction}.${jobId}.${number}`;
}

/** Null for any other text. */
export function parsedFeedPosition(text: string): FeedPosition | null {
  const [, transaction, jobId = '', number = '0'] = POSITION.exec(text) ?? [];
  return transaction === undefined ? null : { transaction: Number(transaction), jobId, number: Number(number) };
}
