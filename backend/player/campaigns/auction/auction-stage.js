/** Where a viewer stands in an auction: what the sheet, the pill and the screen reader say follows from it. */

/** @import { MyBid } from "../../core/protocol.js" */
/** @import { ShownAuction } from "./auction.js" */

/**
 * `first`: it is open, and one has not bid yet. `won`: one's order is to be paid. `asking`: the winner did not pay, and somebody
 * else is asked. `out`: one left it unpaid, or declined.
 * @typedef {"soon" | "first" | "leading" | "outbid" | "deciding" | "asking" | "won" | "paid" | "offered" | "out" | "sold" | "unsold" | "void"} Stage
 */

/** The stages in which bids are taken. @type {readonly (Stage | null)[]} */
export const BIDDING = ["first", "leading", "outbid"];

/** @param {ShownAuction} shown @param {MyBid} mine @param {string} own one's id @returns {Stage} */
export function stageOf({ campaign, phase, left_ms }, mine, own) {
  const { detail } = campaign;
  if (phase === "void" || detail.outcome === "void") return "void";
  if (phase === "preheat") return "soon";
  if (phase !== "open" || left_ms === 0) return endOf(detail, mine, own);
  // One's own answer may be ahead of the room's word: a maximum above the price cannot have been outbid.
  if (detail.leader_id === own || (mine.is_leading && mine.max_minor > detail.price_minor)) return "leading";
  return mine.max_minor === 0 ? "first" : "outbid";
}

/** @param {ShownAuction["campaign"]["detail"]} detail @param {MyBid} mine @param {string} own @returns {Stage} */
function endOf({ outcome, winner_id }, mine, own) {
  if (outcome === null) return "deciding";
  if (mine.offer !== null) return "offered";
  if (mine.order_id && mine.pay_until_ms !== null) return "won";
  if (outcome === "sold" && winner_id === own) return "paid";
  if (mine.is_out) return "out";
  if (outcome === "offered") return "asking";
  // One's own order, or that it was paid, is not known on this page yet.
  if (outcome === "awarded" && winner_id === own) return "deciding";
  return outcome === "unsold" ? "unsold" : "sold";
}
