import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsString, MaxLength, MinLength } from 'class-validator';
import { CleanText } from './clean-text.js';

export interface TextRules {
  /** Characters; 1 unless told. */
  min?: number;
  max: number;
  /** Control characters that may occur; none unless told. */
  controls?: string;
  /** Whether white space at the ends is cut off; it is unless told. */
  trim?: boolean;
}

function tidy(value: unknown, { trim = true }: TextRules): unknown {
  if (typeof value !== 'string') return value;
  const text = value.replaceAll('\r\n', '\n');
  return trim ? text.trim() : text;
}

/** A text field: trimmed, bounded, free of control characters and lone surrogates, and documented. */
export function Text(rules: TextRules, documentation: ApiPropertyOptions): PropertyDecorator {
  const { min = 1, max } = rules;
  return applyDecorators(
    Transform(({ value }) => tidy(value, rules)),
    IsString(),
    MinLength(min),
    MaxLength(max),
    CleanText(rules.controls),
    ApiProperty({ minLength: min, maxLength: max, type: String, ...documentation }),
  );
}

/** A list of different texts, each held against the rules; `minItems` is 1. */
export function TextList(
  rules: TextRules & { maxItems: number },
  documentation: ApiPropertyOptions,
): PropertyDecorator {
  const { min = 1, max, maxItems } = rules;
  const items = { type: 'string' as const, minLength: min, maxLength: max };
  return applyDecorators(
    Transform(({ value }) => (Array.isArray(value) ? value.map((item) => tidy(item, rules)) : value)),
    IsArray(),
    ArrayMinSize(1),
    ArrayMaxSize(maxItems),
    IsString({ each: true }),
    MinLength(min, { each: true }),
    MaxLength(max, { each: true }),
    CleanText(rules.controls),
    ArrayUnique(),
    ApiProperty({
      type: 'array',
      items,
      minItems: 1,
      maxItems,
      uniqueItems: true,
      ...documentation,
    }),
  );
}
