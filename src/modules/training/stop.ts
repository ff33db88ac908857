/** Why a run stops before its end: the reason its signal is aborted with. */
export type StopCause =
  /** Somebody asked for it. */
  | 'cancelled'
  /** Another attempt has the run, or it has ended: nothing may be written any more. */
  | 'superseded'
  /** This process shuts down and hands the run back. */
  | 'shutdown'
  /** The engine has not reported within the progress timeout. */
  | 'hung';

export class StopRun extends Error {
  constructor(readonly cause: StopCause) {
    super(`The run stops: ${cause}`);
    this.name = 'StopRun';
  }
}
