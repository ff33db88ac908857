import { setTimeout as wait } from 'node:timers/promises';
import { Logger } from '@nestjs/common';

/** For connections to close, once the work is handed back. */
const CLOSING_MS = 1_000;

/** How long a process goes on after it has said that it is about to end, milliseconds. */
interface Drain {
  begin: () => void;
  ms: number;
}

const NO_DRAIN: Drain = { begin: () => {}, ms: 0 };

/** What goes before and after closing. */
interface Around {
  drain?: Drain;
  /** Follows it, within a time limit of its own. */
  last?: () => Promise<void>;
}

interface Closable {
  close(): Promise<void>;
}

/**
 * Closes the application when it is told to end, or when the process that started it is gone: an orphan would hold a
 * port and a share of the work for ever. Its parts may take `timeoutMs` to hand back their work; what has not closed a
 * second later is ended all the same, with exit code 1. Before that it may `drain`: serve on while it is sent no more.
 */
export function closeOnSignal(app: Closable, timeoutMs: number, { drain = NO_DRAIN, last }: Around = {}): void {
  const logger = new Logger('Process');
  let closing = false;
  const close = async (reason: string) => {
    if (closing) return;
    closing = true;
    logger.log({ msg: 'Stopping', reason });
    const limit = setTimeout(() => process.exit(1), drain.ms + timeoutMs + CLOSING_MS).unref();
    try {
      drain.begin();
      // An orphan is in the way of whoever comes next.
      if (reason !== 'disconnect') await wait(drain.ms);
      await app.close();
      clearTimeout(limit);
      await last?.();
      process.exit(0);
    } catch (error) {
      logger.error(error);
      process.exit(1);
    }
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void close(signal));
  process.on('disconnect', () => void close('disconnect'));
  // The parent may have died while this process was starting, before anybody listened.
  if (process.send && !process.connected) void close('disconnect');
}

/** A process that met what nobody expected is ended, after it has said so where all else is said. */
export function logLastWords(): void {
  process.on('uncaughtException', (error, origin) => {
    new Logger('Process').fatal({ msg: 'Ended by an error that nobody expected', origin, err: error });
    process.exit(1);
  });
}

/** Tells the process that started this one, if one did over IPC, that it is at work. */
export function reportReady(message: object = {}): void {
  process.send?.({ type: 'ready', ...message });
}

/** Ends a process that could not start: what is wrong in a sentence, and the stack only where it is a bug. */
export function dieOf(error: unknown): never {
  console.error(error instanceof Error ? (isBug(error) ? error.stack : error.message) : String(error));
  process.exit(1);
}

/** Errors that somebody expected have a name of their own, or the code of a system or a database. */
function isBug(error: Error & { code?: unknown }): boolean {
  return error.code === undefined && /^(Error|(Type|Range|Reference|Syntax)Error)$/.test(error.name);
}
