/** How often something may be done by one of those it is counted for. */
export interface RatePolicy {
  /** As the headers name it. */
  name: 'address' | 'user' | 'expensive';
  /** Requests in a window, and at once. */
  quota: number;
  /** Milliseconds. */
  windowMs: number;
}

/** One request under one policy: whose it is. */
export interface Counted {
  policy: RatePolicy;
  /** Who it is counted for, within the policy. */
  key: string;
}

/** How it stands with a policy after a request. */
export interface Standing {
  policy: RatePolicy;
  isAllowed: boolean;
  /** Requests that could follow at once. */
  remaining: number;
  /** Milliseconds until there is one more, or, where none is left, until the next is allowed. */
  waitMs: number;
}
