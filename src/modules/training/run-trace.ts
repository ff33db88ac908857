import { beginSpan, failSpan, inSpan, type Span } from '../../tracing/spans.js';
import { traceParentOf } from '../../tracing/trace-parent.js';
import { StopRun } from './stop.js';

/** An attempt, as its trace tells of it. */
interface Attempt {
  id: string;
  attempt: number;
  modelType: string;
  traceParent: string | null;
}

/** The spans of an attempt. It is handed on with the run: reports of several runs are written together. */
export class RunTrace {
  /** When the engine began with its next epoch, milliseconds since 1970. */
  private since: number | undefined;

  private constructor(private readonly span: Span) {}

  /** Undefined where nothing is traced, or this is not sampled: then its epochs cost nothing. */
  static begin({ id, attempt, modelType, traceParent }: Attempt, workerId: string): RunTrace | undefined {
    const span = beginSpan('run', {
      parent: traceParent,
      kind: 'consumer',
      attributes: {
        'messaging.system': 'bullmq',
        'messaging.destination.name': 'training',
        'messaging.operation.type': 'process',
        'ai_training.job.id': id,
        'ai_training.attempt': attempt,
        'ai_training.model.type': modelType,
        'ai_training.worker.id': workerId,
      },
    });
    return span?.isRecording() ? new RunTrace(span) : undefined;
  }

  get traceParent(): string {
    return traceParentOf(this.span);
  }

  /** The engine is asked for its next report. */
  engineAsked(): void {
    this.since ??= Date.now();
  }

  /** An epoch is over with its write, which the span that is handed on tells of. */
  async epoch(epoch: number, write: (span: Span | undefined) => Promise<void>): Promise<void> {
    const { span: parent, since } = this;
    this.since = undefined;
    const whole = beginSpan('epoch', { parent, since, attributes: { 'ai_training.epoch': epoch } });
    const writing = beginSpan('write', { parent: whole, attributes: { 'ai_training.epoch': epoch } });
    try {
      await write(writing);
    } catch (error) {
      for (const span of [writing, whole]) blame(span, error);
      throw error;
    } finally {
      writing?.end();
      whole?.end();
    }
  }

  /** A part of what follows the last epoch. */
  part<T>(name: string, work: () => Promise<T>): Promise<T> {
    return inSpan(name, { parent: this.span }, work);
  }

  outcome(outcome: string): void {
    this.span.setAttribute('ai_training.run.outcome', outcome);
  }

  failed(failure: { code: string }): void {
    failSpan(this.span, failure);
  }

  end(): void {
    this.span.end();
  }
}

/** A run that was told to stop has not failed. */
function blame(span: Span | undefined, error: unknown): void {
  if (error instanceof StopRun) span?.setAttribute('ai_training.run.stopped', error.cause);
  else if (span) failSpan(span, error);
}
