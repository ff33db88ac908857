import type { Socket } from 'node:net';
import type { FastifyReply } from 'fastify';

const WAITING = new WeakMap<Socket, Set<() => void>>();

/**
 * Calls back once when an answer is over: sent, given up, or never begun. One that waits for another on the same
 * connection (pipelining) never hears that this is closed: the connection tells.
 */
export function whenOver({ raw, request }: FastifyReply, callBack: () => void): void {
  const { socket } = request.raw;
  const waiting = WAITING.get(socket) ?? watched(socket);
  const end = () => {
    if (waiting.delete(end)) callBack();
  };
  waiting.add(end);
  raw.once('close', end);
}

/** One listener for a connection, however many requests it brings. */
function watched(socket: Socket): Set<() => void> {
  const waiting = new Set<() => void>();
  WAITING.set(socket, waiting);
  socket.once('close', () => [...waiting].forEach((end) => end()));
  return waiting;
}
