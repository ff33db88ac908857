import { Inject, Injectable } from '@nestjs/common';
import { ENVIRONMENT, type Environment } from '../../../config/environment.js';
import type { Principal } from '../../../http/principal.js';
import { TooManyStreamsError } from './stream.errors.js';

/** Counts the streams of this process, each user's and all of them. */
@Injectable()
export class OpenStreams {
  private readonly byUser = new Map<string, number>();
  private all = 0;

  constructor(@Inject(ENVIRONMENT) private readonly environment: Environment) {}

  /** Takes a place, and gives back how to leave it, which may be called again. Throws TooManyStreamsError. */
  enter({ tenant, sub }: Principal): () => void {
    const user = JSON.stringify([tenant, sub]);
    const open = this.byUser.get(user) ?? 0;
    if (open >= this.environment.STREAMS_PER_USER) throw new TooManyStreamsError('yours');
    if (this.all >= this.environment.STREAMS_PER_PROCESS) throw new TooManyStreamsError('all');
    this.byUser.set(user, open + 1);
    this.all += 1;
    let isIn = true;
    return () => {
      if (!isIn) return;
      isIn = false;
      this.all -= 1;
      const left = this.byUser.get(user)! - 1;
      if (left > 0) this.byUser.set(user, left);
      else this.byUser.delete(user);
    };
  }
}
