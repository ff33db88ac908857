/** Something a client asked for, and what it was told. */
export interface Answer {
  action: string;
  /** Key of the job or dataset in the load's plan. */
  key: string;
  /** Id of the job or dataset, once there is one. */
  id: string | null;
  /** 0: no answer came; whether it was done is unknown. */
  status: number;
  code: string | null;
  /** Milliseconds. */
  sentAt: number;
  answeredAt: number;
  idempotencyKey: string | null;
}

/** What all clients remember. The platform must be able to answer for every line of it. */
export class Ledger {
  readonly answers: Answer[] = [];

  /** What the answers of a request came to: how many were sure, how many unknown. */
  get counts(): { answered: number; unknown: number } {
    const unknown = this.answers.filter(({ status }) => status === 0).length;
    return { answered: this.answers.length - unknown, unknown };
  }

  /** The jobs that clients know of, by the key of their plan. */
  get jobs(): Map<string, string> {
    const created = this.answers.filter(({ action, status }) => action === 'create-job' && status === 201);
    return new Map(created.map(({ key, id }) => [key, id!]));
  }
}
