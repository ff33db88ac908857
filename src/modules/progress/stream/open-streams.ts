import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { ENVIRONMENT, type Environment } from '../../../config/environment.js';
import type { Principal } from '../../../http/principal.js';
import { gauge } from '../../../metrics/registry.js';
import { TokenRevokedError } from '../../auth/auth.errors.js';
import { RevokedTokensService } from '../../auth/revocation/revoked-tokens.service.js';
import { TooManyStreamsError } from './stream.errors.js';

const streamsOpen = gauge({ name: 'streams_open', help: 'Live streams that are being served.' });

interface Place {
  principal: Principal;
  hangUp: () => void;
}

/** The streams of this process: how many each user has open, and how to end them all. */
@Injectable()
export class OpenStreams implements OnModuleDestroy {
  private readonly byUser = new Map<string, number>();
  private readonly all = new Set<Place>();

  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    private readonly revoked: RevokedTokensService,
  ) {
    revoked.onRevoked(() => {
      for (const { principal, hangUp } of this.all) if (revoked.covers(principal)) hangUp();
    });
  }

  /** Before the server closes, which waits for its answers to end; clients go on elsewhere. */
  onModuleDestroy(): void {
    for (const { hangUp } of this.all) hangUp();
  }

  /** Takes a place, and gives back how to leave it. Throws TooManyStreams- or TokenRevokedError. `hangUp` ends the stream. */
  enter(principal: Principal, hangUp: () => void): () => void {
    const { tenant, sub } = principal;
    // While it was being opened: nobody would look at it again.
    if (this.revoked.covers(principal)) throw new TokenRevokedError();
    const user = JSON.stringify([tenant, sub]);
    const open = this.byUser.get(user) ?? 0;
    if (open >= this.environment.STREAMS_PER_USER) throw new TooManyStreamsError('yours');
    if (this.all.size >= this.environment.STREAMS_PER_PROCESS) throw new TooManyStreamsError('all');
    const place = { principal, hangUp };
    this.all.add(place);
    streamsOpen.set(this.all.size);
    this.byUser.set(user, open + 1);
    return () => {
      if (!this.all.delete(place)) return;
      streamsOpen.set(this.all.size);
      const left = this.byUser.get(user)! - 1;
      if (left > 0) this.byUser.set(user, left);
      else this.byUser.delete(user);
    };
  }
}
