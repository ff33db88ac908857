import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { requestIdOf } from '../request/request-id.js';
import type { Problem } from './problem.js';
import { PROBLEM_TYPE, problemDocument } from './problem-document.js';
import { refusedConnections } from './refused-connections.js';

const BY_CODE: Readonly<Record<string, Problem>> = {
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    code: 'request_timeout',
    detail: 'The request took too long to arrive.',
  },
  HPE_HEADER_OVERFLOW: { status: 431, code: 'headers_too_large', detail: 'The headers are larger than allowed.' },
};

const NOT_HTTP: Problem = { status: 400, code: 'bad_request', detail: 'The request cannot be understood.' };

/** Milliseconds in which the other end has to close too: half closed, a connection would keep its place for good. */
const GRACE_MS = 2_000;

/** Answers what is no HTTP, or too slow: there is no request yet, and so no reply to send it with. */
export function refuseConnection(error: Error & { code?: string }, socket: Socket): void {
  // Answered already, and about to be closed.
  if (socket.writableEnded) return;
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const problem = BY_CODE[error.code ?? ''] ?? NOT_HTTP;
  refusedConnections.add(problem.code, socket.remoteAddress);
  const requestId = requestIdOf({ headers: {} });
  const body = JSON.stringify(problemDocument(problem, requestId));
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    `Content-Type: ${PROBLEM_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${requestId}`,
    'Cache-Control: no-store',
    'X-Content-Type-Options: nosniff',
    "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'",
    'Connection: close',
  ];
  const closing = setTimeout(() => socket.destroy(), GRACE_MS).unref();
  socket.once('close', () => clearTimeout(closing));
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
