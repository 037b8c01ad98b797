/** Computes the shares of a red packet from its secret, as `backend/fairness/split.py` does. */

import { commitment, fromHex } from "../fairness/digests.js";
import { drawsOf, shuffle } from "../fairness/draws.js";

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
  shuffle(parts, below);
  return parts;
}

/** What is published before anybody claims. @param {string} campaign_id @param {number} coins @param {number} shares @param {string} secret */
export const sealOf = (campaign_id, coins, shares, secret) => commitment("red_packet", campaign_id, JSON.stringify({ coins, shares }), fromHex(secret));
