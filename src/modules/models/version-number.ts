/** Semantic Versioning 2.0 without pre-release and build parts; no leading zeros. */
export const VERSION = /^(0|[1-9]\d{0,9})\.(0|[1-9]\d{0,9})\.(0|[1-9]\d{0,9})$/;

/** The column's type is integer. */
const LARGEST = 2_147_483_647;

export interface VersionNumber {
  major: number;
  minor: number;
  patch: number;
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
