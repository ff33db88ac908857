import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnModuleInit,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { ENVIRONMENT, type Environment } from '../../../config/environment.js';
import { AddressInUseError } from '../../../http/listen.js';
import { registry, scrape } from '../../../metrics/registry.js';
import { Readiness } from './readiness.js';

interface Page {
  status: number;
  type: string;
  text: string;
}

const JSON_TYPE = 'application/json; charset=utf-8';
const told = (status: number, verdict: object): Page => ({ status, type: JSON_TYPE, text: JSON.stringify(verdict) });

/** What API and workers tell whoever runs them, on a port of its own (METRICS_PORT), without a token. */
@Injectable()
export class OperationsServer implements OnModuleInit, BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly logger = new Logger('Operations');
  private readonly server: Server;
  private readonly pages = new Map<string, () => Page | Promise<Page>>([
    ['/metrics', async () => ({ status: 200, type: registry.contentType, text: await scrape() })],
    ['/livez', () => told(200, { status: 'ok' })],
    ['/readyz', () => this.ready()],
  ]);

  constructor(
    private readonly readiness: Readiness,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {
    this.server = createServer((request, response) => {
      void this.answer(request.method ?? '', request.url ?? '').then(({ status, type, text }) => {
        response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
        response.end(request.method === 'HEAD' ? undefined : text);
      });
    });
  }

  /** Before any work is taken. Throws AddressInUseError, which keeps the process from starting. */
  async onModuleInit(): Promise<void> {
    const { METRICS_PORT, HOST } = this.environment;
    if (METRICS_PORT === undefined) return;
    await new Promise<void>((resolve, reject) => {
      const onError = (error: NodeJS.ErrnoException) =>
        reject(error.code === 'EADDRINUSE' ? new AddressInUseError(HOST, METRICS_PORT, 'METRICS_PORT') : error);
      this.server.once('error', onError).listen(METRICS_PORT, HOST, resolve);
    });
    this.server.removeAllListeners('error').on('error', (error) => this.logger.error(error));
    const { port } = this.server.address() as AddressInfo;
    this.logger.log({ msg: 'Metrics are served', host: HOST, port });
  }

  /** Told to whoever sends requests here, before the first part of the process closes. */
  beforeApplicationShutdown(): void {
    this.readiness.isClosing = true;
  }

  onApplicationShutdown(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async ready(): Promise<Page> {
    const verdict = await this.readiness.verdict();
    return told(verdict.status === 'unavailable' ? 503 : 200, verdict);
  }

  private async answer(method: string, url: string): Promise<Page> {
    const page = this.pages.get(url.split('?')[0]!);
    if (!page) return told(404, { status: 'not_found' });
    if (method !== 'GET' && method !== 'HEAD') return told(405, { status: 'method_not_allowed' });
    try {
      return await page();
    } catch (error) {
      this.logger.error(error);
      return told(500, { status: 'internal_error' });
    }
  }
}
