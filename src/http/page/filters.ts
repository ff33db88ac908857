import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsEnum, IsString, MaxLength, MinLength } from 'class-validator';
import { CleanText } from '../validation/clean-text.js';
import { MayBeAbsent } from '../validation/may-be-absent.js';

/** Values of one filter in one request. */
const MOST_VALUES = 50;

/**
 * A filter that may be repeated, at most `most` times, and then means any of its values. Sorted, so that their order
 * does not matter.
 */
export function repeatable(most: number): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }) => (value === undefined ? value : [...new Set([value].flat())].sort())),
    MayBeAbsent(),
    ArrayMaxSize(most),
  );
}

export function EnumFilter(values: Record<string, string>, enumName: string, description: string): PropertyDecorator {
  return applyDecorators(
    repeatable(MOST_VALUES),
    IsEnum(values, { each: true }),
    ApiPropertyOptional({ description: `${description} May be repeated.`, enum: values, enumName, isArray: true }),
  );
}

export function IdFilter(description: string): PropertyDecorator {
  return applyDecorators(
    repeatable(MOST_VALUES),
    IsString({ each: true }),
    MinLength(1, { each: true }),
    MaxLength(128, { each: true }),
    CleanText(),
    ApiPropertyOptional({ description: `${description} May be repeated.`, type: [String] }),
  );
}
