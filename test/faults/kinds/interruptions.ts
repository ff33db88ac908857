import type { Bed } from '../bed/bed.js';
import type { Incarnation } from '../bed/incarnation.js';

/** A job that was running when something struck the process that held it. */
export interface Interruption {
  fault: string;
  jobId: string;
  attempt: number;
  failures: number;
  epoch: number;
  /** Milliseconds. */
  at: number;
}

interface RunningRow {
  id: string;
  attempt: number;
  failures: number;
  current_epoch: number;
}

/** Which runs were struck, and when: what recovery times are measured from. */
export class Interruptions {
  readonly all: Interruption[] = [];

  constructor(private readonly bed: Bed) {}

  /** The runs that a process holds now, as the database and its own log agree. */
  async heldBy(life: Incarnation): Promise<RunningRow[]> {
    const rows = await this.running();
    return rows.filter(({ id, attempt }) => this.bed.journal.holder(id, attempt) === life);
  }

  /** To be called just before the fault strikes. Empty while the database is away. */
  async note(fault: string, held: readonly RunningRow[] | Promise<RunningRow[]>): Promise<Interruption[]> {
    const rows = await Promise.resolve(held).catch((): RunningRow[] => []);
    const noted = rows.map(({ id, attempt, failures, current_epoch: epoch }) => {
      return { fault, jobId: id, attempt, failures, epoch, at: Date.now() };
    });
    this.all.push(...noted);
    return noted;
  }

  running(): Promise<RunningRow[]> {
    return this.bed.database.rows<RunningRow>(
      `SELECT id, attempt, failures, current_epoch FROM training_jobs
       WHERE status = 'running' AND lease_expires_at > clock_timestamp() AND cancel_requested_at IS NULL`,
    );
  }
}
