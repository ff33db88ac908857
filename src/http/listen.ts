import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Environment } from '../config/environment.js';

export class AddressInUseError extends Error {
  constructor(host: string, port: number, variable: 'PORT' | 'METRICS_PORT') {
    super(`Port ${port} on ${host} is in use. Stop what uses it, or set ${variable} to another one (0: any free one).`);
    this.name = 'AddressInUseError';
  }
}

/** Opens the port and returns it. Throws AddressInUseError. */
export async function listen(
  app: NestFastifyApplication,
  { HOST, PORT }: Pick<Environment, 'HOST' | 'PORT'>,
): Promise<number> {
  // Its parts open ports of their own, and say so themselves where one is taken.
  await app.init();
  try {
    await app.listen(PORT, HOST);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') throw new AddressInUseError(HOST, PORT, 'PORT');
    throw error;
  }
  return (app.getHttpServer().address() as AddressInfo).port;
}
