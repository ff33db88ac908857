import { JobEventResponse } from '../../jobs/dto/job-event.response.js';
import { QueueCountsResponse } from '../../jobs/dto/queue.response.js';
import { feedPositionId } from './feed-position.js';
import type { FeedMessage } from './feed-stream.service.js';
import { HEARTBEAT, serverSentEvent } from './server-sent-event.js';

/** A message of the stream of all jobs as it is sent. */
export function feedEventText(message: FeedMessage): string {
  if (message.kind === 'silence') return HEARTBEAT;
  const id = feedPositionId(message.position);
  if (message.kind === 'snapshot') return serverSentEvent('snapshot', message.counts satisfies QueueCountsResponse, id);
  return serverSentEvent('job', Object.assign({ jobId: message.row.jobId }, JobEventResponse.from(message.row)), id);
}
