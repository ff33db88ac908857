import { Controller, Get, Headers, HttpStatus, Param, Query, Req, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentPrincipal, type Principal } from '../../../http/principal.js';
import { AcceptsTicket } from '../../../http/ticket.js';
import { IdPipe } from '../../../http/validation/id.pipe.js';
import { RequiresRole } from '../../../http/requires-role.js';
import { JobEventResponse } from '../../jobs/dto/job-event.response.js';
import { ProgressResponse } from '../../jobs/dto/progress.response.js';
import { QueueCountsResponse } from '../../jobs/dto/queue.response.js';
import { JobNotFoundError } from '../../jobs/jobs.errors.js';
import { ApiStream } from './api-stream.js';
import { AlertEvent, BatchEvent, DoneEvent, EpochEvent, JobChangeEvent } from './dto/stream-events.response.js';
import { StreamQuery } from './dto/stream.query.js';
import { feedEventText } from './feed-messages.js';
import { parsedFeedPosition } from './feed-position.js';
import { FeedStreamService } from './feed-stream.service.js';
import { jobEventText } from './job-messages.js';
import { JobStreamService } from './job-stream.service.js';
import { OpenStreams } from './open-streams.js';
import { parsedPosition } from './position.js';
import { requestedPosition } from './requested-position.js';
import { sendStream } from './send-stream.js';

const id = new IdPipe(JobNotFoundError);

@ApiTags('jobs')
@Controller('jobs')
export class StreamsController {
  constructor(
    private readonly ofJob: JobStreamService,
    private readonly ofAll: FeedStreamService,
    private readonly open: OpenStreams,
  ) {}

  @Get('stream')
  @RequiresRole('viewer')
  @AcceptsTicket()
  @ApiOperation({
    operationId: 'jobs_stream',
    summary: 'Watch what happens to all jobs',
    description: 'Each change of the status, phase or attempt of any job. Resumes within a day.',
  })
  @ApiStream(
    'First `snapshot` (QueueCountsResponse), unless it resumes; then `job` (JobChangeEvent) for each change.',
    [QueueCountsResponse, JobChangeEvent],
    { 400: ['event_id_too_old'] },
  )
  async all(
    @CurrentPrincipal() principal: Principal,
    @Query() { after }: StreamQuery,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const opening = await this.ofAll.open(principal.tenant, requestedPosition(lastEventId, after, parsedFeedPosition));
    const texts = (signal: AbortSignal) => told(this.ofAll.follow(opening, signal), feedEventText);
    await sendStream(request, reply, {
      texts,
      until: principal.expiresAt,
      enter: (hangUp) => this.open.enter(principal, hangUp),
    });
  }

  @Get(':id/progress/stream')
  @RequiresRole('viewer')
  @AcceptsTicket()
  @ApiParam({ name: 'id', description: 'Id of the job.', example: 'job_123' })
  @ApiOperation({
    operationId: 'jobs_progress_stream',
    summary: 'Watch a job live',
    description:
      'Each epoch, phase and alert as it is committed, until the job has ended. `after=0` tells everything from the beginning.',
  })
  @ApiStream(
    'First `snapshot` (ProgressResponse), unless it resumes; then `progress` (EpochEvent), `phase` (JobEventResponse), `alert` (AlertEvent) and, without an id, `batch` (BatchEvent); last `done` (DoneEvent).',
    [ProgressResponse, EpochEvent, JobEventResponse, AlertEvent, BatchEvent, DoneEvent],
    { 404: ['job_not_found'] },
  )
  @ApiNoContentResponse({ description: 'The job has ended, and the event id is that of its `done`: do not come back.' })
  async one(
    @CurrentPrincipal() principal: Principal,
    @Param('id', id) jobId: string,
    @Query() { after }: StreamQuery,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const from = requestedPosition(lastEventId, after, parsedPosition);
    const opening = await this.ofJob.open(principal.tenant, jobId, from);
    if (!opening) return void reply.status(HttpStatus.NO_CONTENT).send();
    const texts = (signal: AbortSignal) =>
      told(this.ofJob.follow(opening, signal), (message) => jobEventText(jobId, message));
    await sendStream(request, reply, {
      texts,
      until: principal.expiresAt,
      enter: (hangUp) => this.open.enter(principal, hangUp),
    });
  }
}

async function* told<T>(messages: AsyncIterable<T>, text: (message: T) => string): AsyncGenerator<string> {
  for await (const message of messages) yield text(message);
}
