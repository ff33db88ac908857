/** On, and high enough to refuse nobody. */
export const LIMITS = {
  RATE_LIMIT_PER_ADDRESS: '10000000',
  RATE_LIMIT_PER_USER: '10000000',
  RATE_LIMIT_EXPENSIVE: '10000000',
};
