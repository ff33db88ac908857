import 'reflect-metadata';
import path from 'node:path';
import { readEnvironment } from './config/environment.js';
import { banner } from './standalone/banner.js';
import { startPlatform } from './standalone/platform.js';
import { Interrupted, shutdownSignal } from './standalone/shutdown-signals.js';

/** `npm start`: the whole platform in one command, until it is interrupted. */
try {
  const environment = readEnvironment();
  const dist = path.dirname(process.argv[1] ?? '');
  const platform = await startPlatform(environment, { dist, signal: shutdownSignal() });
  console.log(banner(environment, platform));
  await platform.closed;
} catch (error) {
  if (!(error instanceof Interrupted)) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
