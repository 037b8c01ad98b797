/** Numbers for people: times. */

/**
 * Write a duration: 85 ms, 1.2 s.
 * @param {number} ms
 */
export const duration = (ms) => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);
