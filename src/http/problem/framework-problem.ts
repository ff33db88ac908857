import type { Problem } from './problem.js';

/** Failures that the HTTP layer itself notices, by Fastify's code; the messages of libraries are not repeated. */
const BY_FASTIFY_CODE: Readonly<Record<string, Problem>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: { status: 413, code: 'body_too_large', detail: 'The body is larger than allowed.' },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    status: 415,
    code: 'unsupported_media_type',
    detail: 'Bodies are JSON: send Content-Type: application/json.',
  },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    status: 400,
    code: 'body_incomplete',
    detail: 'The body is not as long as its Content-Length says.',
  },
  FST_ERR_BAD_URL: { status: 400, code: 'malformed_url', detail: 'The path is not a valid URL encoding.' },
  FST_ERR_MAX_PARAM_LENGTH: { status: 414, code: 'uri_too_long', detail: 'A part of the path is too long.' },
};

/** The rest, by status. */
const BY_STATUS: Readonly<Record<number, Omit<Problem, 'status'>>> = {
  400: { code: 'bad_request', detail: 'The request cannot be understood.' },
  401: { code: 'token_invalid', detail: 'The request needs a valid bearer token.' },
  404: { code: 'route_not_found', detail: 'There is no such method and path.' },
  408: { code: 'request_timeout', detail: 'The request took too long to arrive.' },
  413: { code: 'body_too_large', detail: 'The body is larger than allowed.' },
  414: { code: 'uri_too_long', detail: 'A part of the path is too long.' },
  415: { code: 'unsupported_media_type', detail: 'Bodies are JSON: send Content-Type: application/json.' },
  503: { code: 'unavailable', detail: 'The service is not available right now.' },
};

export function frameworkProblem(status: number, fastifyCode?: unknown): Problem {
  const known = typeof fastifyCode === 'string' ? BY_FASTIFY_CODE[fastifyCode] : undefined;
  return known ?? { status, ...(BY_STATUS[status] ?? { code: `http_${status}`, detail: 'The request failed.' }) };
}
