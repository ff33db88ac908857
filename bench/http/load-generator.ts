import path from 'node:path';
import { LoggedProcess } from '../harness/logged-process.js';
import type { Answered, Load } from './load.js';

/** The client: one process for all that is measured. */
export class LoadGenerator {
  private constructor(private readonly client: LoggedProcess) {}

  static async start(): Promise<LoadGenerator> {
    return new LoadGenerator(await LoggedProcess.start(path.join(import.meta.dirname, 'load.js'), process.env));
  }

  run(load: Load): Promise<Answered> {
    const answered = this.client.told<Answered>();
    this.client.send(load);
    return answered;
  }

  stop(): Promise<void> {
    return this.client.stop();
  }
}
