import { accepted } from '../../../http/accept.js';
import { HistoryNotAcceptableError } from './history.errors.js';

export enum HistoryFormat {
  Json = 'json',
  Csv = 'csv',
}

export const MEDIA_TYPES: Readonly<Record<HistoryFormat, string>> = {
  [HistoryFormat.Json]: 'application/json',
  [HistoryFormat.Csv]: 'text/csv',
};

/** What is asked for by an Accept header, JSON where that is as good. Throws HistoryNotAcceptableError where neither will do. */
export function acceptedFormat(accept?: string): HistoryFormat {
  const format = accepted(accept, MEDIA_TYPES);
  if (format === undefined) throw new HistoryNotAcceptableError();
  return format;
}
