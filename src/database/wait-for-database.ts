import { setTimeout } from 'node:timers/promises';
import pg from 'pg';

const RETRY_MS = 500;

/** Not there yet, as opposed to there and refusing us: worth waiting for. */
const NOT_THERE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  '57P03',
]);

/**
 * Resolves once the server answers; waits for as long as it is not there. Throws at once when it refuses us
 * (a wrong password, an unknown database).
 */
export async function waitForDatabase(url: string, onWait: (reason: string) => void = () => {}): Promise<void> {
  for (;;) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
    try {
      await client.connect();
      return;
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      if (code ? !NOT_THERE.has(code) : !message.includes('timeout')) throw error;
      onWait(code ?? message);
      await setTimeout(RETRY_MS);
    } finally {
      await client.end().catch(() => {});
    }
  }
}
