/** What people say of a model or a version, to find it by. */
export type Labels = Readonly<Record<string, string>>;

/** Begins with a letter or a digit: no name that objects have of themselves could be taken for one. */
export const LABEL_KEY = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,62}$/;

export const LONGEST_LABEL_VALUE = 128;

export const MOST_LABELS = 32;
