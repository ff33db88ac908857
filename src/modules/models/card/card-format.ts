import { accepted } from '../../../http/accept.js';
import { CardNotAcceptableError } from './card.errors.js';

export enum CardFormat {
  Json = 'json',
  Markdown = 'markdown',
}

const MEDIA_TYPES: Readonly<Record<CardFormat, string>> = {
  [CardFormat.Json]: 'application/json',
  [CardFormat.Markdown]: 'text/markdown',
};

/** What is asked for by an Accept header, JSON where that is as good. Throws CardNotAcceptableError where neither will do. */
export function acceptedFormat(accept?: string): CardFormat {
  const format = accepted(accept, MEDIA_TYPES);
  if (format === undefined) throw new CardNotAcceptableError();
  return format;
}
