/** What a token's bearer may do; each role may do what the ones before it may. */
export const ROLES = ['viewer', 'trainer', 'admin'] as const;

export type Role = (typeof ROLES)[number];

export const isRole = (name: string): name is Role => (ROLES as readonly string[]).includes(name);

/** Whether one of the roles held is the needed one or stands above it. Names that are no roles count for nothing. */
export function suffices(held: readonly string[], needed: Role): boolean {
  return ROLES.slice(ROLES.indexOf(needed)).some((role) => held.includes(role));
}
