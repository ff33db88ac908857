import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { FieldError } from '../../errors/domain.error.js';
import { ConditionResponse } from './condition.response.js';

export class FieldErrorResponse implements FieldError {
  @ApiProperty({
    description: 'JSON pointer (RFC 6901) to the field in the body; for a query parameter, `/` and its name.',
    example: '/hyperparameters/learningRate',
  })
  pointer: string;

  @ApiProperty({ description: 'Stable code of what is wrong.', example: 'out_of_range' })
  code: string;

  @ApiProperty({ description: 'A sentence for people.', example: 'learningRate must be at most 1, not 5.' })
  detail: string;
}

export class ExceededQuotaResponse {
  @ApiProperty({ description: 'As in `GET /quotas`.', example: 'queuedJobs' })
  name: string;

  @ApiProperty({ description: 'Most of it.', type: 'integer', format: 'int64', minimum: 1, example: 100 })
  limit: number;

  @ApiPropertyOptional({ description: 'What there was already.', type: 'integer', format: 'int64', minimum: 0 })
  used?: number;
}

/** Every failure looks like this (RFC 9457). */
export class ProblemResponse {
  @ApiProperty({ description: 'Names the kind of problem.', example: 'urn:ai-training:problem:validation_failed' })
  type: string;

  @ApiProperty({ description: 'The code in words.', example: 'Validation failed' })
  title: string;

  @ApiProperty({ description: 'The HTTP status again.', type: 'integer', example: 400 })
  status: number;

  @ApiProperty({
    description: 'A sentence for people; do not parse it.',
    example: 'The request is not valid; see errors.',
  })
  detail: string;

  @ApiProperty({ description: 'Stable code for programs.', example: 'validation_failed' })
  code: string;

  @ApiProperty({ description: 'Of the request; the same as the X-Request-Id header.' })
  requestId: string;

  @ApiPropertyOptional({ description: 'One entry an offending field.', type: () => [FieldErrorResponse] })
  errors?: FieldErrorResponse[];

  @ApiPropertyOptional({ description: 'With 409: the status the resource is in.' })
  currentStatus?: string;

  @ApiPropertyOptional({ description: 'With 409: the statuses that may follow it.', type: [String] })
  allowed?: readonly string[];

  @ApiPropertyOptional({
    description: 'With `policy_not_met`: everything that was asked for, whether it is met or not.',
    type: () => [ConditionResponse],
  })
  conditions?: readonly ConditionResponse[];

  @ApiPropertyOptional({ description: 'With `quota_exceeded`: which one.', type: () => ExceededQuotaResponse })
  quota?: ExceededQuotaResponse;
}
