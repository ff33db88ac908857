import 'reflect-metadata';
import path from 'node:path';
import { RestClient } from './client/rest-client.js';
import { readEnvironment } from './config/environment.js';
import { terminalOf } from './config/terminal.js';
import { demoEnvironment, removeDemo } from './demo/demo-environment.js';
import { LastLines } from './demo/last-lines.js';
import { tour } from './demo/tour.js';
import { startPlatform } from './standalone/platform.js';
import { Interrupted, shutdownSignal } from './standalone/shutdown-signals.js';
import { displayOn } from './watch/display-on.js';

const LINES_ON_FAILURE = 40;

/** `npm run demo`: a platform of its own, and a REST client that takes the original example through it. */
const log = new LastLines();
const signal = shutdownSignal();
try {
  const environment = await demoEnvironment(readEnvironment());
  try {
    console.log('Starting the platform ...');
    const dist = path.dirname(process.argv[1] ?? '');
    const platform = await startPlatform(environment, { dist, signal, onLine: log.add });
    const over = new AbortController();
    try {
      console.log(`Ready: ${platform.baseUrl}`);
      const either = AbortSignal.any([signal, over.signal]);
      const client = new RestClient(platform.baseUrl, platform.token({ sub: 'demo' }), either);
      const display = displayOn(process.stdout, terminalOf(process.stdout), { withoutPhases: true });
      await Promise.race([tour(client, process.stdout, display), platform.closed]);
      // A platform that was asked to stop closes in good order, maybe before the tour has noticed.
      signal.throwIfAborted();
    } finally {
      // The stream would be waited for as long as the API is away.
      over.abort();
      await platform.stop();
    }
  } finally {
    await removeDemo(environment);
  }
} catch (error) {
  process.exitCode = 1;
  if (!(error instanceof Interrupted)) {
    console.error(`${log.tail(LINES_ON_FAILURE)}\n\nThe demo failed: ${(error as Error).message}`);
  }
}
