/** Why a request failed; fetch itself only says that it did. */
export const reasonOf = ({ cause, message }: Error): string => (cause as Error | undefined)?.message || message;
