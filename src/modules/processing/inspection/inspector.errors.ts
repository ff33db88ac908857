import type { ContentProblem } from './inspection.js';

const DETAILS = {
  content_unreadable: 'What reads the content ended unexpectedly; it may be damaged, or too large to be looked at.',
  inspection_timed_out: 'Looking at the content took too long.',
} as const;

/** The process that looked at some content is gone and has not told what it saw. */
export class InspectorDiedError extends Error {
  constructor(
    private readonly code: keyof typeof DETAILS,
    lastWords: string,
  ) {
    super(`${DETAILS[code]} ${lastWords}`);
    this.name = 'InspectorDiedError';
  }

  get problem(): ContentProblem {
    return { code: this.code, detail: DETAILS[this.code] };
  }
}

/** Nobody wants to know any more, or somebody else is to look. */
export class InspectionAbortedError extends Error {
  constructor() {
    super('The inspection was stopped');
    this.name = 'InspectionAbortedError';
  }
}

/** What the process says of a failure that is none of the content's. */
export interface Failed {
  failed: { message: string; stack: string | undefined; code: unknown };
}

/** That failure here, with the system's code where it had one. */
export class InspectionFailedError extends Error {
  readonly code: unknown;

  constructor({ failed: { message, stack, code } }: Failed) {
    super(message);
    this.name = 'InspectionFailedError';
    this.code = code;
    if (stack) this.stack = stack;
  }
}
