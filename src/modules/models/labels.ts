/** What people say of a model or a version, to find it by. */
export type Labels = Readonly<Record<string, string>>;
