const DECIMAL = /^-?\d{1,40}(\.\d{1,40})?([eE][+-]?\d{1,3})?$/;

/** Plain decimal syntax, with an exponent or not: blanks, `0x10`, `.5` and `Infinity` stay texts, and are refused for that. */
export function decimal(value: unknown): unknown {
  return typeof value === 'string' && DECIMAL.test(value) ? Number(value) : value;
}
