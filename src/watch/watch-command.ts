import { followJob } from '../client/job-stream.js';
import type { Job } from '../client/resources.js';
import { RestClient } from '../client/rest-client.js';
import { type Environment, readEnvironment } from '../config/environment.js';
import type { Terminal } from '../config/terminal.js';
import { accessFor } from './access.js';
import type { Output } from './display.js';
import { displayOn } from './display-on.js';
import { endNote, visible } from './notes.js';
import { parseWatchArguments, WATCH_USAGE } from './watch-arguments.js';
import { watchRun } from './watch-run.js';

export interface WatchContext {
  output: Output;
  terminal: Terminal;
  signal: AbortSignal;
  environment?: () => Environment;
}

/** `npm run watch`: returns its exit code. Throws an Error with a message for people. */
export async function watchCommand(parameters: string[], context: WatchContext): Promise<number> {
  const { output, terminal, signal, environment = readEnvironment } = context;
  const request = parseWatchArguments(parameters);
  if (!request) {
    output.write(`${WATCH_USAGE}\n`);
    return 0;
  }
  const { baseUrl, token } = accessFor(request, environment);
  const client = new RestClient(baseUrl, token, signal);
  const job = await client.get<Job>(`/jobs/${encodeURIComponent(request.jobId)}`);
  output.write(visible(`${job.name}  ${job.id}  ${job.modelType}`) + '\n');

  const display = displayOn(output, terminal);
  const onConnection = (lost: string | undefined) =>
    display.say(lost === undefined ? 'Connected again' : `Connection lost (${lost}); trying again`);
  const end = await watchRun(followJob(client, job.id, { onConnection }), display);
  output.write(`${endNote(end)}\n`);
  return end.status === 'completed' ? 0 : 1;
}
