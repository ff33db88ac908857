import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { getQueueToken } from '@nestjs/bullmq';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Queue } from 'bullmq';
import type { FastifyInstance } from 'fastify';
import { guardPages } from '../../http/guard-pages.js';
import { securityHeaders } from '../../http/security-headers.js';
import { TokenAccess } from '../../http/token-access.js';
import { DATASET_QUEUE, TRAINING_QUEUE } from '../queues.js';
import { ReadOnlyBoard } from './read-only-board.js';

/** All its routes begin with it. */
export const BOARD_PATH = '/admin/queues';

const QUEUES = [
  { name: TRAINING_QUEUE, displayName: 'Training runs', description: 'One delivery for each run that is due' },
  {
    name: DATASET_QUEUE,
    displayName: 'Datasets',
    description: 'One delivery for each dataset that is to be processed',
  },
];

/** Seconds between two looks of an open page; each costs the queue's store a handful of questions. */
const LOOK_EVERY_S = 5;

/**
 * A page with what is in the queues, for admins of the operators' tenant: deliveries belong to all tenants. It changes
 * nothing, because the rows are the truth and the queue would be behind their back. Call before the app is initialised.
 */
export async function serveQueueBoard(app: NestFastifyApplication, tenant: string): Promise<void> {
  const board = new ReadOnlyBoard();
  board.setBasePath(BOARD_PATH);
  createBullBoard({
    queues: QUEUES.map(
      ({ name, ...shown }) => new BullMQAdapter(app.get<Queue>(getQueueToken(name)), { readOnlyMode: true, ...shown }),
    ),
    serverAdapter: board,
    options: {
      uiConfig: {
        boardTitle: 'AI Training Platform',
        hideDocsLink: true,
        pollingInterval: { showSetting: true, forceInterval: LOOK_EVERY_S },
      },
    },
  });
  const fastify = app.getHttpAdapter().getInstance();
  guardPages(fastify, BOARD_PATH, app.get(TokenAccess), { role: 'admin', tenant });
  await fastify.register(
    async (pages: FastifyInstance) => {
      allowItsBase(pages);
      await pages.register(board.registerPlugin());
    },
    { prefix: BOARD_PATH },
  );
}

/** Its page says by a base element what its addresses are relative to. */
function allowItsBase(pages: FastifyInstance): void {
  const headers = securityHeaders({ baseUri: ["'self'"] });
  pages.addHook('onRequest', (_request, reply, next) => {
    reply.helmet(headers);
    next();
  });
}
