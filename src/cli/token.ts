import 'reflect-metadata';
import { tokenCommand } from './token-command.js';

/** `npm run -s token`: prints a JWT for the platform of this environment. */
try {
  console.log(tokenCommand(process.argv.slice(2)));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
