/** Numbers that follow from a secret, as `backend/fairness/split.py` draws them. */

import { bytesOf, digest } from "./digests.js";

const RANGE = 2n ** 64n;

/** Draws a number from 0 on that is smaller than a bound, each with the same chance. @typedef {(bound: number) => number} Below */

/** @param {string} campaign_id @param {Uint8Array} secret @returns {Below} */
export function drawsOf(campaign_id, secret) {
  const id = bytesOf(campaign_id);
  let counter = 0n;
  return (bound) => {
    const most = RANGE - (RANGE % BigInt(bound));
    for (;;) {
      const count = new DataView(new ArrayBuffer(8));
      count.setBigUint64(0, counter);
      counter += 1n;
      const number = new DataView(digest("split", [secret, id, new Uint8Array(count.buffer)]).buffer).getBigUint64(0);
      // What would give the small numbers a better chance is left out.
      if (number < most) return Number(number % BigInt(bound));
    }
  };
}

/** Bring parts into a drawn order (Fisher and Yates). @param {number[]} parts @param {Below} below */
export function shuffle(parts, below) {
  for (let at = parts.length - 1; at > 0; at -= 1) {
    const other = below(at + 1);
    [parts[at], parts[other]] = [/** @type {number} */ (parts[other]), /** @type {number} */ (parts[at])];
  }
}
