import { ApiHeader } from '@nestjs/swagger';
import type { ProblemCodes } from '../openapi/api-problems.js';

/** The header of an answer that was stored by an earlier request. */
export const REPLAYED = 'idempotency-replayed';

/** Documents that an operation is done once however often it is sent with the same key. */
export function ApiIdempotencyKey(): MethodDecorator {
  return ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description:
      'Makes the request safe to repeat: the same key with the same request is answered as it was the first time, for 24 hours. 1–255 visible ASCII characters, in double quotes or bare; best a UUID, new for each thing to be done.',
    schema: { type: 'string' },
    example: '8e03978e-40d5-43dd-bc93-6894a57f9324',
  });
}

/** What such an operation may answer beside. */
export const IDEMPOTENCY_PROBLEMS: ProblemCodes = {
  400: ['invalid_idempotency_key'],
  409: ['idempotency_key_in_flight'],
  422: ['idempotency_key_reused'],
};

/** The documentation of the header of a stored answer. */
export const REPLAYED_HEADER = {
  'Idempotency-Replayed': {
    description: '`true`: the answer of an earlier request with the same Idempotency-Key; nothing was done again.',
    schema: { type: 'string' as const, enum: ['true'] },
  },
};
