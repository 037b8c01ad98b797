/** Numbers for people: money and times. */

/**
 * Write fen as yuan: 12990 is ¥129.90, 29900 is ¥299, 129900 is ¥1,299.
 * @param {number} fen
 */
export function yuan(fen) {
  const { whole, fraction } = yuanParts(fen);
  return `¥${whole}${fraction}`;
}

/**
 * The same in parts, for a price whose yuan are set larger than its fen; `fraction` begins with its point or is empty.
 * Integers only: no rounding can creep in.
 * @param {number} fen an integer, not below 0
 */
export function yuanParts(fen) {
  const rest = fen % 100;
  const whole = ((fen - rest) / 100).toString().replace(/\B(?=(\d{3})+$)/g, ",");
  return { whole, fraction: rest === 0 ? "" : `.${String(rest).padStart(2, "0")}` };
}

/**
 * Write a duration: 85 ms, 1.2 s.
 * @param {number} ms
 */
export const duration = (ms) => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);
