import { CardNotAcceptableError } from './card.errors.js';

export enum CardFormat {
  Json = 'json',
  Markdown = 'markdown',
}

const MEDIA_TYPES: Readonly<Record<CardFormat, string>> = {
  [CardFormat.Json]: 'application/json',
  [CardFormat.Markdown]: 'text/markdown',
};

/**
 * What is asked for by an Accept header (RFC 9110 §12.5.1), JSON where that is as good. Throws CardNotAcceptableError
 * where neither will do.
 */
export function acceptedFormat(accept = '*/*'): CardFormat {
  const ranges = accept.split(',').map(rangeOf);
  const weights = Object.values(CardFormat).map((format) => ({
    format,
    weight: weightOf(MEDIA_TYPES[format], ranges),
  }));
  const [best] = weights.toSorted((a, b) => b.weight - a.weight);
  if (!best || best.weight === 0) throw new CardNotAcceptableError();
  return best.format;
}

interface MediaRange {
  type: string;
  weight: number;
}

function rangeOf(text: string): MediaRange {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const weight = parameters.find((parameter) => parameter.startsWith('q='));
  return { type, weight: weight === undefined ? 1 : Number(weight.slice(2)) || 0 };
}

/** That of the range that says most of the type; 0: not wanted. */
function weightOf(mediaType: string, ranges: readonly MediaRange[]): number {
  const wildcards = [mediaType, `${mediaType.split('/')[0]}/*`, '*/*'];
  const found = wildcards.map((type) => ranges.find((range) => range.type === type)).find(Boolean);
  return found?.weight ?? 0;
}
