/** Computes the shares of a red packet from its secret, as `backend/fairness/split.py` does. */

import { bytesOf, commitment, digest, fromHex } from "../fairness/digests.js";

const RANGE = 2n ** 64n;

/**
 * The shares that follow from the secret: the first is who claims first.
 * @param {string} campaign_id @param {number} coins @param {number} shares @param {string} secret hexadecimal
 */
export function sharesOf(campaign_id, coins, shares, secret) {
  const below = drawsOf(campaign_id, fromHex(secret));
  const parts = [];
  let left = coins;
  for (let others = shares - 1; others > 0; others -= 1) {
    const most = Math.min(Math.floor((2 * left) / (others + 1)), left - others);
    const part = 1 + below(Math.max(1, most));
    parts.push(part);
    left -= part;
  }
  parts.push(left);
  for (let at = shares - 1; at > 0; at -= 1) {
    const other = below(at + 1);
    [parts[at], parts[other]] = [/** @type {number} */ (parts[other]), /** @type {number} */ (parts[at])];
  }
  return parts;
}

/** What is published before anybody claims. @param {string} campaign_id @param {number} coins @param {number} shares @param {string} secret */
export const sealOf = (campaign_id, coins, shares, secret) => commitment("red_packet", campaign_id, JSON.stringify({ coins, shares }), fromHex(secret));

/** Numbers from 0 on below a bound, without a better chance for the small ones. @param {string} campaign_id @param {Uint8Array} secret */
function drawsOf(campaign_id, secret) {
  const id = bytesOf(campaign_id);
  let counter = 0n;
  return (/** @type {number} */ bound) => {
    const most = RANGE - (RANGE % BigInt(bound));
    for (;;) {
      const count = new DataView(new ArrayBuffer(8));
      count.setBigUint64(0, counter);
      counter += 1n;
      const number = new DataView(digest("split", [secret, id, new Uint8Array(count.buffer)]).buffer).getBigUint64(0);
      if (number < most) return Number(number % BigInt(bound));
    }
  };
}
