import type { Incarnation } from './incarnation.js';

/** A job's attempt in the hands of a process, as that process told in its log. */
export interface Holding {
  jobId: string;
  attempt: number;
  holder: Incarnation;
  /** Milliseconds of this process's clock: the holder's own may be minutes off. */
  at: number;
}

/** A process that was told to end and did not. */
export interface Overdue {
  holder: string;
  threads: string[];
}

interface LogLine {
  level?: string;
  msg?: string;
  jobId?: string;
  attempt?: number;
  code?: string;
  err?: { message?: string; stack?: string };
  reason?: string;
}

/** What the processes told: who held which attempt, and what went wrong unexpectedly. */
export class Journal {
  readonly holdings = new Map<string, Holding>();
  readonly troubles = new Map<string, { count: number; example: string }>();
  readonly overdue: Overdue[] = [];
  private readonly linesOf = new Map<string, string[]>();

  read(incarnation: Incarnation, line: string): void {
    if (!line.startsWith('{')) return void incarnation.lastWords.push(line);
    const entry = JSON.parse(line) as LogLine;
    const { jobId, attempt, level } = entry;
    if (jobId) this.linesOf.set(jobId, [...(this.linesOf.get(jobId) ?? []), `${incarnation.name} ${line}`]);
    if (jobId && attempt !== undefined) this.attempt(incarnation, jobId, attempt);
    const kind = `${entry.msg ?? ''}: ${entry.err?.message ?? entry.code ?? ''}`;
    if (level === 'error' || level === 'fatal') this.trouble(kind, `${incarnation.name} ${line}`);
  }

  /** What a process printed that is no log line: it says so when it dies of something. */
  hearLastWords({ name, lastWords }: Incarnation): void {
    const error = lastWords.find((line) => /error:/i.test(line));
    if (error) this.trouble(`died of ${error.trim()}`, `${name}\n    ${lastWords.join('\n    ')}`);
  }

  holder(jobId: string, attempt: number): Incarnation | undefined {
    return this.holdings.get(`${jobId}#${attempt}`)?.holder;
  }

  /** For whoever looks into a violation. */
  about(jobId: string): string[] {
    return this.linesOf.get(jobId) ?? [];
  }

  private attempt(holder: Incarnation, jobId: string, attempt: number): void {
    const key = `${jobId}#${attempt}`;
    if (!this.holdings.has(key)) this.holdings.set(key, { jobId, attempt, holder, at: Date.now() });
  }

  private trouble(kind: string, example: string): void {
    const known = this.troubles.get(kind);
    if (known) known.count += 1;
    else this.troubles.set(kind, { count: 1, example });
  }
}
