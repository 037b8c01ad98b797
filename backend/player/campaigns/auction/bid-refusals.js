/** Why a bid was refused, in the viewer's language. */

/** @import { AuctionShown, RejectReason } from "../../core/protocol.js" */
/** @import { Refusal } from "../../shop/shop-api.js" */
/** @import { Answer } from "../../core/socket.js" */

import { refusalText } from "../../core/rejections.js";
import { listPrice } from "../../shop/money.js";
import { reasonOf } from "../../shop/refusal-note.js";
import { t } from "./texts.js";

/** @type {Partial<Record<RejectReason, keyof typeof import("./texts.js").TEXTS>>} */
const REFUSALS = {
  is_staff: "auction_refused_staff",
  expired: "auction_refused_late",
  barred: "auction_refused_barred",
  not_registered: "auction_refused_address",
  too_many: "auction_refused_many",
};

/** Why the shop does not send it there, or does not let one bid. @param {Refusal} refusal @param {number} retry_s */
export function registrationText(refusal, retry_s) {
  const text = REFUSALS[/** @type {RejectReason} */ (refusal.type)];
  return text ? t(text) : reasonOf(refusal, retry_s);
}

/** @param {Answer} answer @param {AuctionShown} detail @param {number} own_max_minor @returns {string} empty where it was taken */
export function refusalOf(answer, { next_minor, currency }, own_max_minor) {
  if (answer.type === "accepted") return "";
  if (answer.type !== "rejected") return t("auction_unsure");
  if (answer.reason === "age_unconfirmed") return "";
  if (answer.reason === "bid_too_low") return own_max_minor >= next_minor ? t("auction_refused_lower") : t("auction_refused_low", { price: listPrice(next_minor, currency) });
  const text = REFUSALS[answer.reason];
  return text ? t(text) : refusalText(answer);
}
