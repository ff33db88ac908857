import { Logger } from '@nestjs/common';
import { counter } from '../../metrics/registry.js';

const connectionsRefused = counter({
  name: 'http_connections_refused_total',
  help: 'Connections that were closed before there was a request to answer.',
  labels: ['code'],
});

/** Milliseconds between two lines about the same: strangers must not fill the log. */
export const SILENCE_MS = 60_000;

interface Refused {
  /** Not told yet. */
  count: number;
  address: string | undefined;
  silence: NodeJS.Timeout | undefined;
}

/** Puts on record the connections that end before there is a request: the first at once, then how many in a minute. */
export class RefusedConnections {
  private readonly logger = new Logger('Http');
  private readonly byCode = new Map<string, Refused>();

  /** `address`: of the other end, which may be a proxy. */
  add(code: string, address: string | undefined): void {
    connectionsRefused.inc({ code });
    const refused = this.byCode.get(code) ?? { count: 0, address, silence: undefined };
    this.byCode.set(code, refused);
    refused.count += 1;
    refused.address = address;
    if (!refused.silence) this.tell(code, refused);
  }

  /** What is not told yet would be lost. */
  close(): void {
    for (const [code, refused] of this.byCode) this.tell(code, refused);
  }

  private tell(code: string, refused: Refused): void {
    clearTimeout(refused.silence);
    refused.silence = undefined;
    const { count, address } = refused;
    if (count === 0) return;
    this.logger.warn({ msg: 'Connections refused', code, count, address });
    refused.count = 0;
    refused.silence = setTimeout(() => this.tell(code, refused), SILENCE_MS).unref();
  }
}

/** Of this process, which listens on one port. */
export const refusedConnections = new RefusedConnections();
