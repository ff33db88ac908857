import type { PipeTransform } from '@nestjs/common';
import { InvalidVersionError } from './models.errors.js';
import { parseVersion, type VersionNumber } from './version-number.js';

/** Throws InvalidVersionError. */
export function parsedVersion(text: string): VersionNumber {
  const version = parseVersion(text);
  if (!version) throw new InvalidVersionError();
  return version;
}

export class VersionPipe implements PipeTransform<string, VersionNumber> {
  transform(text: string): VersionNumber {
    return parsedVersion(text);
  }
}
