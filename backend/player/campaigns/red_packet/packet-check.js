/** Whether a packet was split as it was sealed, computed on this device; pure. */

/** @import { Campaign, MyPart, RedPacketShown } from "../../core/protocol.js" */

import { sealOf, sharesOf } from "./packet-split.js";

/** What does not hold, or null where all does. @typedef {"noted" | "seal" | "sum" | "own" | "list"} Wrong */

/**
 * @param {Campaign} campaign one that is over
 * @param {RedPacketShown} packet
 * @param {MyPart | null} part what one got
 * @param {string | null} noted the seal that this page saw before the start; null where it was not there yet
 * @returns {Wrong | null}
 */
export function wrongIn({ campaign_id }, packet, part, noted) {
  if (noted !== null && noted !== packet.commitment) return "noted";
  if (sealOf(campaign_id, packet.coins, packet.shares, packet.secret) !== packet.commitment) return "seal";
  const shares = sharesOf(campaign_id, packet.coins, packet.shares, packet.secret);
  if (shares.some((coins) => coins < 1) || shares.reduce((sum, coins) => sum + coins, 0) !== packet.coins) return "sum";
  if (part?.is_in && part.place !== null && shares[part.place] !== part.coins) return "own";
  return packet.best.every(({ place, coins }) => shares[place] === coins) ? null : "list";
}
