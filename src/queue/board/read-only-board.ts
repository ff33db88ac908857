import { FastifyAdapter } from '@bull-board/fastify';
import { withTimeLimit } from '../time-limit.js';

/** Milliseconds the queue may take to answer; its clients wait for a server that is away for as long as it takes. */
const PATIENCE_MS = 5_000;

/** Questions that are asked of the queue at once, those included whose answer nobody waits for any more. */
const AT_ONCE = 8;

/** What a page may show and how far it may be turned; the board itself has no bound. */
const MOST_ON_A_PAGE = 100;
const LAST_PAGE = 1_000;

type Routes = Parameters<FastifyAdapter['setApiRoutes']>[0];
type Route = Routes[number];
type Request = Parameters<Route['handler']>[0];

/** The board without what changes a queue: those routes are not there, whatever its page may offer. */
export class ReadOnlyBoard extends FastifyAdapter {
  private asked = 0;

  override setApiRoutes(routes: Routes): this {
    const reading = routes.filter(({ method }) => method === 'get');
    super.setApiRoutes(reading.map((route) => ({ ...route, handler: (request) => this.answer(route, request) })));
    return this;
  }

  /** Outside production it would tell whoever asks the stack, with the folders of this machine. */
  override setErrorHandler(handler: Parameters<FastifyAdapter['setErrorHandler']>[0]): this {
    super.setErrorHandler((error) => {
      const { status, body } = handler(error);
      return { ...(status !== undefined && { status }), body: { ...(body as object), details: undefined } as never };
    });
    return this;
  }

  private async answer(route: Route, request: Request) {
    if (this.asked >= AT_ONCE) throw unavailable(new Error('The board is asked too much at once'));
    this.asked += 1;
    const answer = Promise.resolve(route.handler(bounded(request)));
    const over = () => (this.asked -= 1);
    answer.then(over, over);
    try {
      return await withTimeLimit(answer, PATIENCE_MS, 'Asking the queue');
    } catch (error) {
      throw unavailable(error as Error);
    }
  }
}

/** Its page shows whoever is logged in what went wrong; nothing is wrong with this process. */
function unavailable(error: Error): Error {
  return Object.assign(error, { statusCode: 503 });
}

function bounded(request: Request): Request {
  if (request === undefined) return request;
  const { page, jobsPerPage, ...others } = request.query as Record<string, unknown>;
  const query = { ...others, ...within({ page }, LAST_PAGE), ...within({ jobsPerPage }, MOST_ON_A_PAGE) };
  return { ...request, query };
}

/** Whole numbers from one on; what is none of them is left to the board's default. */
function within(named: Record<string, unknown>, most: number): Record<string, string> {
  return Object.fromEntries(
    Object.entries(named)
      .filter(([, value]) => typeof value === 'string' && /^[1-9]\d*$/.test(value))
      .map(([name, value]) => [name, String(Math.min(Number(value), most))]),
  );
}
