/** What a token's bearer may do; each role may do what the ones before it may. */
export const ROLES = ['viewer', 'trainer', 'admin'] as const;

export type Role = (typeof ROLES)[number];

export const isRole = (name: string): name is Role => (ROLES as readonly string[]).includes(name);
