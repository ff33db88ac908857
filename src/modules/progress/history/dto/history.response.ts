import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Page } from '../../../../http/page/pager.js';
import { type History, type HistoryPoint, ThinningMethod } from '../history.js';

const METHOD = {
  description: 'How the points were chosen; `all`: there are no others in the range, or on further pages.',
  enum: ['all', ...Object.values(ThinningMethod)],
  enumName: 'HistoryMethod',
};
const ORIGINAL_COUNT = {
  description: 'Epochs that there are in the range, whether they are sent or not.',
  type: 'integer',
  example: 1_000_000,
} as const;

export class HistoryPointResponse {
  @ApiProperty({ description: 'From 1.', type: 'integer', example: 45 })
  epoch: number;

  @ApiPropertyOptional({ description: 'Training loss.', type: Number, example: 0.25 })
  loss?: number;

  @ApiPropertyOptional({ description: 'Validation loss.', type: Number, example: 0.28 })
  validationLoss?: number;

  @ApiPropertyOptional({
    description: 'Fraction of validation rows classified rightly, where the dataset has classes.',
    type: Number,
    minimum: 0,
    maximum: 1,
    example: 0.87,
  })
  accuracy?: number;

  @ApiPropertyOptional({ description: 'Learning rate that the epoch was trained with.', type: Number, example: 0.001 })
  learningRate?: number;

  @ApiProperty({ description: 'The attempt that trained the epoch.', type: 'integer', example: 1 })
  attempt: number;

  @ApiProperty({ description: 'When it was recorded; ISO 8601, UTC.', type: String, format: 'date-time' })
  timestamp: Date;

  static from(this: void, point: HistoryPoint): HistoryPointResponse {
    return {
      epoch: point.epoch,
      loss: point.loss ?? undefined,
      validationLoss: point.validationLoss ?? undefined,
      accuracy: point.accuracy ?? undefined,
      learningRate: point.learningRate ?? undefined,
      attempt: point.attempt,
      timestamp: point.timestamp,
    };
  }
}

export class HistoryResponse implements Page<HistoryPointResponse> {
  @ApiProperty({
    description: 'By epoch, ascending; only the series that were asked for.',
    type: () => [HistoryPointResponse],
  })
  data: HistoryPointResponse[];

  @ApiProperty({ description: 'Whether there are further pages.' })
  hasMore: boolean;

  @ApiPropertyOptional({
    description: 'Opaque; pass it as `cursor` to get the next page. Absent on the last one.',
    type: String,
  })
  nextCursor?: string;

  @ApiProperty(METHOD)
  method: History['method'];

  @ApiProperty(ORIGINAL_COUNT)
  originalCount: number;

  /** A page of all. */
  static of(this: void, page: Page<HistoryPointResponse>, originalCount: number): HistoryResponse {
    return { ...page, method: 'all', originalCount };
  }

  /** What has no further pages. */
  static from(this: void, { points, method, originalCount }: History): HistoryResponse {
    return { data: points.map(HistoryPointResponse.from), hasMore: false, method, originalCount };
  }
}

export class JobHistoryResponse {
  @ApiProperty({ description: 'The job.', example: 'job_123' })
  jobId: string;

  @ApiProperty(METHOD)
  method: History['method'];

  @ApiProperty(ORIGINAL_COUNT)
  originalCount: number;

  @ApiProperty({
    description: 'By epoch, ascending; only the series that were asked for.',
    type: () => [HistoryPointResponse],
  })
  data: HistoryPointResponse[];

  static from(this: void, { jobId, points, method, originalCount }: History & { jobId: string }): JobHistoryResponse {
    return { jobId, method, originalCount, data: points.map(HistoryPointResponse.from) };
  }
}

export class HistoriesResponse {
  @ApiProperty({ description: 'In the order of the ids.', type: () => [JobHistoryResponse] })
  data: JobHistoryResponse[];
}
