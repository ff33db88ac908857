/** Every route but the probes and the documentation lies under it. */
export const BASE_PATH = 'v1/ai-training';
