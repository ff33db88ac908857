import type { FastifyRequest } from 'fastify';
import type { Principal } from '../principal.js';
import { fingerprint } from './fingerprint.js';
import { idempotencyKey } from './idempotency-key.js';

/** A request that must be done once: whose it is, its key, and the fingerprint by which a repetition is known. */
export interface KeyedRequest {
  tenantId: string;
  key: string;
  fingerprint: string;
}

/** Null: the request carries no Idempotency-Key. Throws InvalidIdempotencyKeyError. */
export function keyedRequest(request: FastifyRequest & { user: Principal }): KeyedRequest | null {
  const key = idempotencyKey(request.raw.headersDistinct['idempotency-key']);
  if (key === null) return null;
  const { method, params: parameters, body } = request;
  const route = request.routeOptions.url ?? '';
  return { tenantId: request.user.tenant, key, fingerprint: fingerprint({ method, route, parameters, body }) };
}
