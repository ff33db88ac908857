import { HttpStatus } from '@nestjs/common';
import { BASE_PATH } from './base-path.js';

/** What an operation answers, as far as it depends on what was done. */
export interface Answer<T> {
  status: number;
  /** Path of the new resource. */
  location?: string;
  body: T;
  /** It was stored by an earlier request with the same Idempotency-Key. */
  replayed?: boolean;
}

/** 201, saying where the new resource is. */
export function created<T>(collection: string, id: string, body: T): Answer<T> {
  return { status: HttpStatus.CREATED, location: `/${BASE_PATH}/${collection}/${id}`, body };
}

/** 200: it is done. */
export function done<T>(body: T): Answer<T> {
  return { status: HttpStatus.OK, body };
}

/** 202: it goes on after the answer. */
export function accepted<T>(body: T): Answer<T> {
  return { status: HttpStatus.ACCEPTED, body };
}

/** The documentation of what `created` adds. */
export const LOCATION = {
  Location: { description: 'Path of the new resource.', schema: { type: 'string' as const } },
};
