import type { PipeTransform } from '@nestjs/common';
import type { DomainError } from '../../errors/domain.error.js';

const ID = /^[A-Za-z0-9_-]{1,128}$/;

/** Lets through what can be an id; anything else names a thing that does not exist, and never reaches the database. */
export class IdPipe implements PipeTransform<string, string> {
  constructor(private readonly NotFound: new (id: string) => DomainError) {}

  transform(id: string): string {
    if (!ID.test(id)) throw new this.NotFound(id.slice(0, 128));
    return id;
  }
}
