import { v7 as uuidv7 } from 'uuid';

export type IdPrefix = 'dataset' | 'content' | 'job' | 'version' | 'worker' | 'removal' | 'revocation';

/** A prefixed id that sorts by its time of creation: `job_` and a UUIDv7 in 32 hexadecimal digits. */
export function newId(prefix: IdPrefix): string {
  return `${prefix}_${uuidv7().replaceAll('-', '')}`;
}
