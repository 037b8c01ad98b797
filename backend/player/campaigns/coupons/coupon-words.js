/** What a coupon is worth, in words; pure. */

import { language } from "../../core/i18n.js";
import { listPrice } from "../../shop/money.js";
import { t } from "./texts.js";

/** What of a coupon says what it is worth. @typedef {{ kind: "fixed" | "percent", amount_minor: number, percent_bp: number, cap_minor: number | null, minimum_minor: number }} Terms */

/** ¥40, or 15% off; Chinese says what is left to pay of ten: 8.5 折. @param {Terms} terms @param {string} currency */
export function worthText({ kind, amount_minor, percent_bp }, currency) {
  if (kind === "fixed") return listPrice(amount_minor, currency);
  if (percent_bp >= 10_000) return t("worth_free");
  return language() === "zh" ? t("worth_percent", { worth: short((10_000 - percent_bp) / 1000) }) : t("worth_percent", { worth: short(percent_bp / 100) });
}

/** From how much on it counts, and the most it takes off. @param {Terms} terms @param {string} currency */
export function minimumText({ minimum_minor, cap_minor }, currency) {
  const least = minimum_minor > 0 ? t("worth_from", { price: listPrice(minimum_minor, currency) }) : t("worth_any");
  return cap_minor === null ? least : `${least} · ${t("worth_cap", { price: listPrice(cap_minor, currency) })}`;
}

/** How many are left: exactly where few are. @param {number} left */
export function leftText(left) {
  if (left === 0) return t("left_none");
  return left < 10 ? t("left_few", { count: left }) : t("left_many", { count: left });
}

/** At most two decimals, none that are zero. @param {number} value */
const short = (value) => String(Math.round(value * 100) / 100);
