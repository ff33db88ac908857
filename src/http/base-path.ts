/** Every route but the probes and the documentation lies under it. */
export const BASE_PATH = 'v1/ai-training';

/** Asked every few seconds, without a token, by whatever keeps the process running. */
export const PROBES: readonly string[] = ['/livez', '/readyz'];
