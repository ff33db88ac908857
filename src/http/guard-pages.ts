import type { FastifyInstance } from 'fastify';
import { problemOf } from './problem/problem-of.js';
import { reportFailure } from './problem/report-failure.js';
import { sendProblem } from './problem/send-problem.js';
import type { Admitted, TokenAccess } from './token-access.js';

/** What makes a browser ask: any name, and a token as the password. Two headers: Chromium reads the first of a list alone. */
const CHALLENGES = ['Bearer', 'Basic realm="AI Training Platform: a token as the password", charset="UTF-8"'];

/**
 * Guards the routes at and below a path. By what the router has found, not by the URL: that can be written in many
 * ways. It answers by itself: pages that others wrote answer failures in ways of their own.
 */
export function guardPages(fastify: FastifyInstance, path: string, access: TokenAccess, needed: Admitted): void {
  fastify.addHook('onRequest', async (request, reply) => {
    if (!request.routeOptions.url?.startsWith(path)) return;
    try {
      const user = await access.admit(request.headers.authorization, needed);
      // As on all other routes: its line in the log says who it was.
      Object.assign(request, { user });
    } catch (error) {
      const problem = problemOf(error);
      reportFailure(error, problem, request.id);
      if (problem.status === 401) reply.header('www-authenticate', CHALLENGES);
      sendProblem(reply, problem, request.id);
      return reply;
    }
  });
}
