import { FastifyAdapter } from '@bull-board/fastify';
import { withTimeLimit } from '../time-limit.js';

/** Milliseconds the queue may take to answer; its clients wait for a server that is away for as long as it takes. */
const PATIENCE_MS = 5_000;

type Routes = Parameters<FastifyAdapter['setApiRoutes']>[0];
type Route = Routes[number];

/** The board without what changes a queue: those routes are not there, whatever its page may offer. */
export class ReadOnlyBoard extends FastifyAdapter {
  override setApiRoutes(routes: Routes): this {
    super.setApiRoutes(routes.filter(({ method }) => method === 'get').map(inTime));
    return this;
  }
}

function inTime(route: Route): Route {
  const handler: Route['handler'] = (request) => answerOf(route, request);
  return { ...route, handler };
}

async function answerOf(route: Route, request: Parameters<Route['handler']>[0]) {
  try {
    return await withTimeLimit(Promise.resolve(route.handler(request)), PATIENCE_MS, 'Asking the queue');
  } catch (error) {
    // Its page shows whoever is logged in what went wrong; nothing is wrong with this process.
    throw Object.assign(error as Error, { statusCode: 503 });
  }
}
