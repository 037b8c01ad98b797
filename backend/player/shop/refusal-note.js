/** Why the shop did not take an order, with what is kept, and that no money moved. */

/** @import { Refusal } from "./shop-api.js" */

import { isAddressField } from "./address-rules.js";
import { button, el, icon } from "./parts.js";
import { t } from "./sheet-texts.js";

/** @param {Refusal} refusal @param {number} retry_s @param {{ onTake: (left: number) => void, onOthers: () => void }} ways */
export function refusalNote(refusal, retry_s, { onTake, onOthers }) {
  const { type, left = 0 } = refusal;
  const box = el(
    "div",
    "note note--bad",
    icon("alert", "icon icon--s"),
    el("span", "grow stack", el("span", "strong", reasonOf(refusal, retry_s)), el("span", "", t("kept"))),
  );
  box.setAttribute("role", "alert");
  if (type !== "sold_out" && type !== "limit_reached" && type !== "sku_unavailable") return box;
  const isGone = left <= 0;
  const way = isGone ? button("btn btn--s btn--line", [t("other_products")], onOthers) : button("btn btn--s btn--line", [t("take_left", { left })], () => onTake(left));
  box.append(way);
  return box;
}

/** @param {Refusal} refusal @param {number} retry_s */
export function reasonOf({ type, status, detail, field = "", left = 0, most_orders = 0, most_units = 0, is_guest = false }, retry_s) {
  if (type === "sold_out") return left > 0 ? t("refused_few", { left }) : t("refused_sold_out");
  if (type === "limit_reached") return left > 0 ? t("refused_limit_left", { left }) : t("refused_limit");
  if (type === "sku_unavailable") return t("refused_unavailable");
  if (type === "method_off") return t("refused_method");
  if (type === "unpaid_limit") return t(is_guest ? "refused_unpaid_guest" : "refused_unpaid", { orders: most_orders, units: most_units });
  if (type === "outrun") return t("refused_outrun");
  if (type === "not_delivered") return t("refused_not_delivered");
  if (type === "bad_address") return t("refused_address", { field: fieldWords(field) });
  if (status === 429) return t("refused_too_fast", { seconds: Math.max(1, retry_s) });
  if (status === 401) return t("refused_token");
  if (status === 422) return t("refused_malformed");
  return detail ? `${t("refused_other")}: ${detail}` : t("refused_other");
}

/** @param {string} field */
const fieldWords = (field) => (isAddressField(field) ? t(`address_${field}`) : field);
