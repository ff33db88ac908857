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
