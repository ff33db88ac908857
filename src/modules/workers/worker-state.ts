/** SQL over a row of `workers`. A worker says every five seconds that it lives; three missed words count as its death. */
export const IS_ALIVE = `seen_at > clock_timestamp() - interval '15 seconds'`;
