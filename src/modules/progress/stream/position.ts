/**
 * Where a reader of a job's stream stands: the last epoch, event and change of an alert that it has. Each of the three is
 * numbered from 1 under the job's row lock, so that a position names exactly what is still to come.
 */
export interface Position {
  epoch: number;
  event: number;
  alert: number;
  /** It has been told how the job ended: nothing is to come. */
  done: boolean;
}

/** What a client says of itself: an id of ours, or an epoch alone. */
const POSITION = /^(\d{1,9})(?:-(\d{1,9})-(\d{1,9})(-done)?)?$/;

/** `45-7-2`, and `100-9-2-done` at the end. */
export function positionId({ epoch, event, alert, done }: Position): string {
  return `${epoch}-${event}-${alert}${done ? '-done' : ''}`;
}

/** Null for any other text. An epoch alone stands before every event and alert. */
export function parsedPosition(text: string): Position | null {
  const [, epoch, event = '0', alert = '0', done] = POSITION.exec(text) ?? [];
  if (epoch === undefined) return null;
  return { epoch: Number(epoch), event: Number(event), alert: Number(alert), done: done !== undefined };
}
