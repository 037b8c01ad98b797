/** A coupon as a ticket. */

/** @import { HeldCoupon, ShownCoupon } from "../core/protocol.js" */
/** @import { Child } from "./parts.js" */

import { minimumText, worthText } from "../campaigns/coupons/coupon-words.js";
import { el } from "./parts.js";

/**
 * What it is worth on the left, beside it its title with what is said of it and what one can do.
 * @param {HeldCoupon | ShownCoupon} coupon
 * @param {string} currency
 * @param {{ notes: Child[], action: Child, isOff?: boolean }} what
 */
export function ticket(coupon, currency, { notes, action, isOff = false }) {
  return el(
    "li",
    `ticket${isOff ? " ticket--off" : ""}`,
    el("span", "ticket__worth", el("strong", "", worthText(coupon, currency)), el("span", "", minimumText(coupon, currency))),
    el("div", "ticket__body", el("div", "grow stack", el("h3", "", coupon.title), ...notes), action),
  );
}
