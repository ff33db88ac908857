/** Why a run stops before its end: the reason its signal is aborted with. */
export type StopCause =
  /** Somebody asked for it. */
  | 'cancelled'
  /** Somebody asked for it, for a while. */
  | 'paused'
  /** Another attempt has the run, or it has ended: nothing may be written any more. */
  | 'superseded'
  /** This process shuts down and hands the run back. */
  | 'shutdown'
  /** A run that keeps losing its worker is to be alone in this process (Seclusion). */
  | 'making_room'
  /** The engine has not reported within the progress timeout. */
  | 'hung'
  /** The job's maxDurationMs is over. */
  | 'timed_out';

export class StopRun extends Error {
  constructor(readonly cause: StopCause) {
    super(`The run stops: ${cause}`);
    this.name = 'StopRun';
  }
}
