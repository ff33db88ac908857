import { setTimeout as pause } from 'node:timers/promises';
import { withTimeLimit } from '../../../src/queue/time-limit.js';
import { BASE_PATH, Client, testToken } from '../../support/client.js';
import type { Member } from '../bed/member.js';
import type { Chance } from '../chance.js';
import type { Ledger } from './ledger.js';

/** Milliseconds a client waits for an answer. */
const PATIENCE_MS = 6_000;

export interface Request {
  action: string;
  key: string;
  method: 'POST' | 'PATCH';
  path: string;
  body?: unknown;
  id?: string;
  idempotencyKey?: string;
  /** Which API is asked; any that is at work unless given. */
  api?: Member;
}

export interface Known {
  status: number;
  code: string | null;
  id: string | null;
}

/** A client of the platform: asks any of its APIs, remembers each answer, and asks again when none came. */
export class Customer {
  private readonly token = testToken({}, 86_400);

  constructor(
    private readonly apis: readonly Member[],
    private readonly ledger: Ledger,
    private readonly chance: Chance,
    private readonly isOver: () => boolean,
  ) {}

  /** Asks once; null when it cannot be known whether it was done. */
  async ask(request: Request): Promise<Known | null> {
    const { action, key, idempotencyKey = null } = request;
    const origin = (request.api ?? this.chance.pick(this.apis)).origin;
    if (!origin) return null;
    const sentAt = Date.now();
    const answer = await this.send(origin, request);
    const id = answer?.id ?? request.id ?? null;
    const { status, code } = answer ?? { status: 0, code: null };
    this.ledger.answers.push({ action, key, id, status, code, sentAt, answeredAt: Date.now(), idempotencyKey });
    return answer && status < 500 && code !== 'idempotency_key_in_flight' ? { status, code, id } : null;
  }

  /** Asks until there is an answer, or everything is over. */
  async insist(request: Request): Promise<Known | null> {
    for (;;) {
      const known = await this.ask(request);
      if (known || this.isOver()) return known;
      await pause(this.chance.int(100, 600));
    }
  }

  /** Of a job or dataset by its path; undefined while nobody answers. */
  async statusOf(path: string): Promise<string | undefined> {
    return (await this.look(path))?.status;
  }

  /** A job or dataset by its path; undefined while nobody answers. */
  async look(path: string): Promise<{ status?: string; version?: string } | undefined> {
    const { origin } = this.chance.pick(this.apis);
    if (!origin) return undefined;
    const asked = new Client(origin, this.token).get<{ status?: string; version?: string }>(path);
    return withTimeLimit(asked, PATIENCE_MS, `GET ${path}`).then(
      ({ body }) => body,
      () => undefined,
    );
  }

  /** Whether a dataset is not settled yet, as far as anybody can tell. */
  async isProcessing(datasetId: string): Promise<boolean> {
    return (await this.statusOf(`/datasets/${datasetId}`)) !== 'ready';
  }

  private async send(origin: string, { method, path, body, idempotencyKey }: Request): Promise<Known | null> {
    try {
      const headers: Record<string, string> = idempotencyKey ? { 'idempotency-key': idempotencyKey } : {};
      const text = body === undefined ? undefined : JSON.stringify(body);
      const sent = new Client(origin, this.token).raw<{ id?: string; code?: string }>(method, path, text, headers);
      const answer = await withTimeLimit(sent, PATIENCE_MS, `${method} ${BASE_PATH}${path}`);
      return { status: answer.status, code: answer.body?.code ?? null, id: answer.body?.id ?? null };
    } catch {
      return null;
    }
  }
}
