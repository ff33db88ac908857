import { applyDecorators, type Type } from '@nestjs/common';
import { ApiExtraModels, ApiHeader, ApiProduces, ApiResponse } from '@nestjs/swagger';
import { ApiProblems, type ProblemCodes } from '../../../http/openapi/api-problems.js';

const STREAM_PROBLEMS: ProblemCodes = {
  400: ['validation_failed', 'invalid_event_id', 'event_id_ahead'],
  401: ['ticket_invalid'],
  429: ['too_many_streams'],
};

/** Documents a live stream: what its events are and where their data is described. */
export function ApiStream(description: string, data: Type[], ...problems: ProblemCodes[]): MethodDecorator {
  return applyDecorators(
    ApiExtraModels(...data),
    ApiProduces('text/event-stream'),
    ApiHeader({
      name: 'Last-Event-ID',
      required: false,
      description: 'Resume after the event with this id, without a gap or a repeat.',
    }),
    ApiResponse({
      status: 200,
      description: `Server-sent events. ${description}`,
      content: { 'text/event-stream': { schema: { type: 'string' } } },
    }),
    ApiProblems(STREAM_PROBLEMS, ...problems),
  );
}
