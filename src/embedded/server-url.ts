import { SUPERUSER } from './initialise.js';

export const APPLICATION_DATABASE = 'ai_training';

/** Connects as superuser. Holds the password: not for logs. */
export const urlOfServer = (port: number, password: string, database: string) =>
  `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`;
