import Fastify from 'fastify';
import { ReadOnlyBoard } from './read-only-board.js';

type Routes = Parameters<ReadOnlyBoard['setApiRoutes']>[0];

const route = (method: 'get' | 'put', handler: () => Promise<object>) =>
  ({ method, route: '/api/x', spec: {}, handler }) as unknown as Routes[number];

async function served(...routes: Routes) {
  const board = new ReadOnlyBoard();
  board
    .setStaticPath('/static', import.meta.dirname)
    .setViewsPath(import.meta.dirname)
    .setEntryRoute({ method: 'get', route: '/', handler: () => ({ name: 'x', params: {} }) })
    .setErrorHandler((error) => ({
      status: (error as Error & { statusCode: 500 }).statusCode,
      body: { error: error.message },
    }));
  board.setApiRoutes(routes).setQueues(new Map());
  const fastify = Fastify();
  await fastify.register(board.registerPlugin());
  return fastify;
}

describe('ReadOnlyBoard', () => {
  it('has what reads, and nothing else', async () => {
    const fastify = await served(
      route('get', () => Promise.resolve({ body: { told: 1 } })),
      route('put', () => Promise.resolve({ body: { changed: 1 } })),
    );
    expect((await fastify.inject('/api/x')).json()).toEqual({ told: 1 });
    expect((await fastify.inject({ method: 'PUT', url: '/api/x' })).statusCode).toBe(404);
  });

  it('shows no more at once than a page', async () => {
    const asked = jest.fn<Promise<object>, [unknown]>(() => Promise.resolve({ body: {} }));
    const fastify = await served(route('get', asked as unknown as () => Promise<object>));
    for (const query of [
      'jobsPerPage=1000000000&page=9007199254740991&status=active',
      'jobsPerPage=5&page=2',
      'jobsPerPage=-1&page=x',
      'page=1&page=2',
    ]) {
      await fastify.inject(`/api/x?${query}`);
    }
    expect(asked.mock.calls.map(([request]) => (request as { query: object }).query)).toEqual([
      { jobsPerPage: '100', page: '1000', status: 'active' },
      { jobsPerPage: '5', page: '2' },
      {},
      {},
    ]);
  });

  it('asks no more while eight answers are waited for, or were', async () => {
    const answers: ((answer: object) => void)[] = [];
    const fastify = await served(route('get', () => new Promise((resolve) => answers.push(resolve))));
    const first = Array.from({ length: 8 }, () => fastify.inject('/api/x'));
    while (answers.length < 8) await new Promise(setImmediate);
    expect((await fastify.inject('/api/x')).statusCode).toBe(503);
    answers.forEach((answer) => answer({ body: { told: 1 } }));
    expect((await Promise.all(first)).map(({ statusCode }) => statusCode)).toEqual(Array(8).fill(200));
    const next = fastify.inject('/api/x');
    while (answers.length < 9) await new Promise(setImmediate);
    answers.at(-1)!({ body: {} });
    expect((await next).statusCode).toBe(200);
  });

  it('says that the queue is away, and waits no longer than a while for it', async () => {
    const gone = await served(route('get', () => Promise.reject(new Error('gone'))));
    expect((await gone.inject('/api/x')).statusCode).toBe(503);
    const silent = await served(route('get', () => new Promise(() => {})));
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    const answer = silent.inject('/api/x');
    while (jest.getTimerCount() === 0) await new Promise(setImmediate);
    jest.advanceTimersByTime(5_000);
    jest.useRealTimers();
    expect([(await answer).statusCode, (await answer).json()]).toEqual([
      503,
      { error: 'Asking the queue took longer than 5000 ms' },
    ]);
  });
});
