import type { IncomingMessage } from 'node:http';
import { v7 as uuidv7 } from 'uuid';

/** Long enough for a UUID or a trace id, and safe in logs and headers. */
const SANE = /^[A-Za-z0-9._-]{8,128}$/;

/** The request's id: the caller's own where it is sane, or else a new one. */
export function requestIdOf(request: Pick<IncomingMessage, 'headers'>): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && SANE.test(given) ? given : uuidv7();
}
