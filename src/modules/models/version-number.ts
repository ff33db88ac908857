/** Semantic Versioning 2.0 without pre-release and build parts; no leading zeros. */
export const VERSION = /^(0|[1-9]\d{0,9})\.(0|[1-9]\d{0,9})\.(0|[1-9]\d{0,9})$/;

/** One that can be asked for; what follows it still fits its column. */
export const WANTED_VERSION = /^(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})$/;

/** The column's type is integer. */
const LARGEST = 2_147_483_647;

export interface VersionNumber {
  major: number;
  minor: number;
  patch: number;
}

/** Major, minor, patch of what is known to be a version. */
export function numbersOf(text: string): number[] {
  return text.split('.').map(Number);
}

export function versionText({ major, minor, patch }: VersionNumber): string {
  return `${major}.${minor}.${patch}`;
}

/** The three numbers of `1.2.0`, or null for any other text. */
export function parseVersion(text: string): VersionNumber | null {
  const match = VERSION.exec(text);
  if (!match) return null;
  const [major, minor, patch] = match.slice(1).map(Number) as [number, number, number];
  return Math.max(major, minor, patch) <= LARGEST ? { major, minor, patch } : null;
}
