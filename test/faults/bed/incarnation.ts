import { PlatformProcess } from '../../support/process.js';

/** Something that kept a process from its work; open until `to` is set. */
export interface Harm {
  kind: string;
  from: number;
  to?: number;
}

/** One life of a member: from its start to its end. */
export class Incarnation {
  readonly startedAt = Date.now();
  readonly harms: Harm[] = [];
  /** Lines it printed that are no log: what it died of, mostly. */
  readonly lastWords: string[] = [];
  /** Once it is at work; an API's with its port. */
  ready = false;
  port: number | undefined;
  endedAt: number | undefined;

  constructor(
    readonly name: string,
    readonly process: PlatformProcess,
  ) {
    void process.ended.then(() => (this.endedAt = Date.now()));
  }

  get alive(): boolean {
    return this.endedAt === undefined;
  }

  /** Something begins to keep it from its work; call what is returned when it is over. */
  harm(kind: string): () => void {
    const harm: Harm = { kind, from: Date.now() };
    this.harms.push(harm);
    return () => (harm.to = Date.now());
  }
}
