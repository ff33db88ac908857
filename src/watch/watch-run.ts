import type { Done, JobStreamEvent } from '../client/job-stream.js';
import type { Display } from './display.js';

/** Shows a run's events as they come; returns how it ended. */
export async function watchRun(events: AsyncIterable<JobStreamEvent>, display: Display): Promise<Done> {
  try {
    for await (const event of events) {
      if (event.name === 'done') return event.data;
      display.show(event);
    }
  } finally {
    display.end();
  }
  throw new Error('The stream ended, and the job did not');
}
