import { ApiProperty } from '@nestjs/swagger';
import type { MeasuredName } from '../../../jobs/metrics.js';
import { MEASURED_NAME } from '../../dto/measured-name.schema.js';
import type { Comparison } from '../comparison.service.js';
import type { Curves } from '../curves.js';
import type { Differences } from '../differences.js';
import { type ComparisonWarning, ComparisonWarningCode } from '../warnings.js';
import type { ComparedMetric } from '../winners.js';
import { CurvesResponse } from './curves.response.js';
import { SubjectResponse } from './subject.response.js';

const DIFFERENCES = {
  type: 'object' as const,
  additionalProperties: { type: 'array' as const, items: {} },
};

/** Only what is not the same in all: by name, nested names with dots between, the values in the order of the subjects. */
export class DifferencesResponse {
  @ApiProperty({ description: 'Null: none of that name.', ...DIFFERENCES, example: { learningRate: [0.01, 0.001] } })
  hyperparameters: Differences;

  @ApiProperty({ description: 'Limits of the run included.', ...DIFFERENCES })
  configuration: Differences;

  @ApiProperty({ description: 'Which dataset, of which content, and what it declares.', ...DIFFERENCES })
  data: Differences;

  @ApiProperty({ description: 'What the simulator was told, and the seed.', ...DIFFERENCES, example: { seed: [7, 8] } })
  simulation: Differences;
}

export class ComparedMetricResponse implements ComparedMetric {
  @ApiProperty({ description: 'Name of the metric.', ...MEASURED_NAME })
  metric: MeasuredName;

  @ApiProperty({ description: 'Which way it is better.', enum: ['higher', 'lower'], enumName: 'Better' })
  better: 'higher' | 'lower';

  @ApiProperty({
    description: 'In the order of the subjects; null where there is none.',
    type: 'array',
    items: { type: 'number', nullable: true },
  })
  values: (number | null)[];

  @ApiProperty({
    description: 'Places of the best among the subjects that have a value, from 0; several where they are equal.',
    type: 'array',
    items: { type: 'integer' },
  })
  winners: number[];
}

export class ComparisonWarningResponse implements ComparisonWarning {
  @ApiProperty({
    description: 'Why the metrics may say less than they seem to: docs/models.md has those there are; more may come.',
    type: String,
    example: 'data_differs',
  })
  code: ComparisonWarningCode;

  @ApiProperty({ description: 'The same for people.' })
  detail: string;
}

export class ComparisonResponse {
  @ApiProperty({ description: 'In the order in which they were asked for.', type: () => [SubjectResponse] })
  subjects: SubjectResponse[];

  @ApiProperty({ description: 'What sets them apart.', type: () => DifferencesResponse })
  differences: DifferencesResponse;

  @ApiProperty({ description: 'Final metrics that any of them has.', type: () => [ComparedMetricResponse] })
  metrics: ComparedMetricResponse[];

  @ApiProperty({ description: 'How they came to be.', type: () => CurvesResponse })
  curves: Curves;

  @ApiProperty({ description: 'What to bear in mind.', type: () => [ComparisonWarningResponse] })
  warnings: ComparisonWarningResponse[];

  static from(this: void, { subjects, ...rest }: Comparison): ComparisonResponse {
    return { subjects: subjects.map(SubjectResponse.from), ...rest };
  }
}
