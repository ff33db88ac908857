import { fork } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Inject, Injectable } from '@nestjs/common';
import { bareEnvironment } from '../../../config/child-environment.js';
import { ENVIRONMENT, type Environment, scratchFolder } from '../../../config/environment.js';
import { ObjectMissingError, ObjectStore } from '../../../storage/object-store.js';
import { DATASET_STORE } from '../../../storage/storage.module.js';
import type { Inspection, InspectionTask } from './inspection.js';
import { type Failed, InspectionAbortedError, InspectionFailedError, InspectorDiedError } from './inspector.errors.js';
import { limitsOf } from './limits.js';

const PROCESS = fileURLToPath(new URL('./inspector-process.js', import.meta.url));

/** Mebibytes of JavaScript's heap: files are streamed, and tables live in an engine with a limit of its own. */
const HEAP_MB = 512;
/** Characters of what a dying process printed. */
const MOST_LAST_WORDS = 2_000;

export type Subject = Omit<InspectionTask, 'file' | 'scratch' | 'limits'> & { contentKey: string };

/** Has content looked at in a process of its own, with limits on time and memory. */
@Injectable()
export class Inspector {
  constructor(
    @Inject(DATASET_STORE) private readonly store: ObjectStore,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /** Throws InspectionAbortedError when `signal` aborts, and what keeps the store from handing the content over. */
  async inspect({ contentKey, ...declared }: Subject, signal: AbortSignal): Promise<Inspection> {
    const root = scratchFolder(this.environment);
    await mkdir(root, { recursive: true });
    const folder = await mkdtemp(path.join(root, 'inspection-'));
    try {
      const [fetched, scratch] = [path.join(folder, 'content'), path.join(folder, 'scratch')];
      await Promise.all([fetched, scratch].map((name) => mkdir(name)));
      const file = await this.store.asFile(contentKey, fetched, signal);
      try {
        return await this.run({ ...declared, file: file.path, scratch, limits: limitsOf(this.environment) }, signal);
      } finally {
        await file.release();
      }
    } catch (error) {
      return asProblem(error);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  private run(task: InspectionTask, signal: AbortSignal): Promise<Inspection> {
    return new Promise((resolve, reject) => {
      const child = fork(PROCESS, {
        env: bareEnvironment(),
        execArgv: [`--max-old-space-size=${HEAP_MB}`],
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
        serialization: 'advanced',
      });
      let lastWords = '';
      child.stderr!.on('data', (chunk: Buffer) => (lastWords = (lastWords + chunk.toString()).slice(-MOST_LAST_WORDS)));
      const limitMs = this.environment.INSPECTION_TIMEOUT_MS;
      const end = (error: Error) => {
        reject(error);
        child.kill('SIGKILL');
      };
      const late = setTimeout(() => end(new InspectorDiedError('inspection_timed_out', `${limitMs} ms`)), limitMs);
      const abort = () => end(new InspectionAbortedError());
      signal.addEventListener('abort', abort, { once: true });
      child.once('message', (answer: Inspection | Failed) => {
        if ('failed' in answer) reject(new InspectionFailedError(answer));
        else resolve(answer);
      });
      child.once('error', reject);
      // After `exit` a message may still be on its way.
      child.once('close', () => {
        clearTimeout(late);
        signal.removeEventListener('abort', abort);
        reject(new InspectorDiedError('content_unreadable', lastWords));
      });
      if (signal.aborted) abort();
      else child.send(task, () => {});
    });
  }
}

/** What the content did to its inspector is the content's problem. */
function asProblem(error: unknown): Inspection {
  if (error instanceof InspectorDiedError) return { problems: [error.problem] };
  if (error instanceof ObjectMissingError) {
    return {
      problems: [{ code: 'content_lost', detail: 'The content is not in the store any more; upload it again.' }],
    };
  }
  throw error;
}
