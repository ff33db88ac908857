import 'reflect-metadata';
import { terminalOf } from './config/terminal.js';
import { Interrupted, shutdownSignal } from './standalone/shutdown-signals.js';
import { WATCH_USAGE, WrongUsageError } from './watch/watch-arguments.js';
import { watchCommand } from './watch/watch-command.js';

const [FAILED, WRONG_USAGE, INTERRUPTED] = [1, 2, 130];

// Whoever read the output may stop reading it: `npm run watch -- <jobId> | head`.
process.stdout.on('error', () => process.exit(FAILED));

/** `npm run watch`: a job's losses as a live chart in the terminal. */
const signal = shutdownSignal();
try {
  const { stdout: output } = process;
  process.exitCode = await watchCommand(process.argv.slice(2), { output, terminal: terminalOf(output), signal });
} catch (error) {
  if (error instanceof Interrupted) {
    process.exitCode = INTERRUPTED;
  } else if (error instanceof WrongUsageError) {
    console.error(`${error.message}\n\n${WATCH_USAGE}`);
    process.exitCode = WRONG_USAGE;
  } else {
    console.error((error as Error).message);
    process.exitCode = FAILED;
  }
}
