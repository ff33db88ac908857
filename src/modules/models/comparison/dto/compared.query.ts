import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsString } from 'class-validator';
import { CleanText } from '../../../../http/validation/clean-text.js';

const FEWEST = 2;
const MOST = 10;

/** Names of what is compared: joined by commas, or the parameter repeated. */
function Compared(description: string, example: string[]): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }) => split(value)),
    IsArray(),
    ArrayMinSize(FEWEST),
    ArrayMaxSize(MOST),
    ArrayUnique(),
    IsString({ each: true }),
    CleanText(),
    ApiProperty({
      ...{ description, example, type: [String], minItems: FEWEST, maxItems: MOST, uniqueItems: true },
    }),
  );
}

function split(value: unknown): unknown {
  if (value === undefined) return value;
  return [value]
    .flat()
    .flatMap((text) => (typeof text === 'string' ? text.split(',').map((name) => name.trim()) : text));
}

export class CompareVersionsQuery {
  @Compared('The versions, 2 to 10, joined by commas or repeated.', ['1.0.0', '1.1.0'])
  versions: string[];
}

export class CompareJobsQuery {
  @Compared('Ids of the jobs, 2 to 10, joined by commas or repeated.', ['job_123', 'job_456'])
  jobs: string[];
}
