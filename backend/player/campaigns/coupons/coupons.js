/** Coupons in the room, put together. */

/** @import { Panel } from "../../core/feature.js" */
/** @import { RoomCoupons } from "./room-coupons.js" */

import { place } from "../../core/markup.js";
import { CouponCard } from "./coupon-card.js";

/**
 * The card hands the room's events on to what is known of coupons.
 * @param {RoomCoupons} coupons
 * @returns {Panel[]}
 */
export function startCoupons(coupons) {
  const card = place("coupon-card", CouponCard);
  card.coupons = coupons;
  return [card];
}
