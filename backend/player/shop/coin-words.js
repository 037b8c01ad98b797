/** What a payment of coins says. */

/** @import { Order } from "../core/protocol.js" */
/** @import { WantedGift } from "./view-history.js" */

import { coinText } from "../core/coins.js";
import { t } from "./sheet-texts.js";

/**
 * Under the title, once the money came or no longer can; empty where the view says how long is left.
 * @param {string} stage of the payment
 * @param {Order} order
 * @param {{ amount: string, number: string }} values
 */
export function coinWords(stage, order, values) {
  if (stage === "paid") return t("coins_paid", { coins: coinText(order.coins ?? 0), amount: values.amount });
  if (stage === "placed") return t("coins_transfer_hint", values);
  return stage === "expired" ? t("coins_not_paid") : "";
}

/** While the buyer is at the cashier, or came back without paying. @param {"pending" | "unpaid"} stage */
export const coinsKept = (stage) => t(stage === "pending" ? "coins_kept" : "coins_not_paid");

/** The gift that was too dear is to be given now: the gifts' sheet listens. @param {WantedGift} gift */
export function wantGift(gift) {
  document.dispatchEvent(new CustomEvent("gift-wanted", { detail: gift }));
}
