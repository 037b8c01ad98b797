/** The boxes of an order. */

/** @import { FoundOrder, Order, Parcel } from "../core/protocol.js" */

import { coinText } from "../core/coins.js";
import { addressLines, orderLine } from "./checkout-parts.js";
import { listPrice, money } from "./money.js";
import { isUnpaid, numberText, parcelKeyOf, unitsOf } from "./order-words.js";
import { amount, button, el, focusable, icon, sumLine } from "./parts.js";
import { t } from "./sheet-texts.js";
import { rateText, taxesOf } from "./tax-words.js";
import { dayTime, fullDate } from "./times.js";

/** An order, or what is shown of it to whom it is not. @typedef {FoundOrder & { note?: string, coins?: number }} ShownOrder */

/** @param {ShownOrder} order @param {number} now_ms */
export function orderBoxes(order, now_ms) {
  return [
    axes(order),
    ...order.parcels.map((parcel, index) => parcelBox(parcel, index + 1)),
    order.coins ? null : el("div", "box box--row", el("span", "c-price", icon("place")), el("span", "grow stack", ...addressLines(order.address))),
    order.coins ? coinsBox(order, order.coins) : goodsBox(order),
    factsBox(order, now_ms),
  ];
}

/** Where to transfer the money of an order that waits for it. @param {Order} order @param {string | null} text */
export function transferBox(order, text) {
  if (!text || order.method !== "transfer" || !isUnpaid(order)) return null;
  return el("div", "box", el("h3", "box__title", icon("safe", "icon icon--s"), t("transfer_to")), el("p", "shop__prose", text));
}

/** What a printed receipt begins with; on the screen the head says it. @param {ShownOrder} order */
export function receiptHead({ number, paid_at_ms, created_at_ms }) {
  return paperHead(t("receipt"), number, paid_at_ms ?? created_at_ms);
}

/** @param {string} title @param {string} number of the order @param {number} at_ms */
export function paperHead(title, number, at_ms) {
  const shop = document.querySelector(".host__title")?.textContent ?? "";
  return el(
    "div",
    "receipt",
    el("p", "receipt__title", title),
    el("p", "", shop),
    el("p", "", `${t("order_number")} ${numberText(number)}`),
    el("p", "", fullDate(at_ms)),
  );
}

/** @param {ShownOrder} order */
function axes(order) {
  const axis = (/** @type {string} */ name, /** @type {string} */ value) => el("div", "", el("dt", "", name), el("dd", "", value));
  return el(
    "dl",
    "box axes",
    axis(t("axis_order"), t(`order_${order.state}`)),
    axis(t("axis_payment"), t(`pay_${order.payment_state}`)),
    order.coins ? null : axis(t("axis_parcel"), t(parcelKeyOf(order))),
  );
}

/** @param {Parcel} parcel @param {number} index */
function parcelBox({ carrier, tracking, state }, index) {
  return el(
    "div",
    "box",
    el("div", "inline", el("h3", "box__title", icon("parcel", "icon icon--s"), t("parcel", { index })), el("span", "end t13 strong tone--info", t(`parcel_${state}`))),
    el("p", "t13 dim", `${carrier} ${tracking}`),
  );
}

/** @param {ShownOrder} order @param {number} coins */
function coinsBox({ currency, total_minor }, coins) {
  const paid = sumLine(t("order_total"), amount(total_minor, currency, "price price--ink"), "", "total");
  return el("div", "box", el("p", "inline", el("span", "coins__mark"), el("span", "grow strong", t("coins_order")), coinText(coins)), el("dl", "sum", paid));
}

/** @param {ShownOrder} order */
function goodsBox({ lines, currency, goods_minor, discount_minor, shipping_minor, total_minor }) {
  return el(
    "div",
    "box",
    el("ul", "shop__list", ...lines.map((line) => orderLine(line, listPrice(line.unit_minor, currency), line.discount_minor > 0 ? money(-line.discount_minor, currency) : ""))),
    el(
      "dl",
      "sum",
      sumLine(t("goods_sum", { count: unitsOf(lines) }), money(goods_minor, currency)),
      discount_minor > 0 ? sumLine(t("discount"), money(-discount_minor, currency)) : null,
      sumLine(t("shipping"), money(shipping_minor, currency)),
      ...taxesOf(lines).map((tax) => sumLine(t("tax_rate", { rate: rateText(tax.rate_bp) }), money(tax.tax_minor, currency), t("tax_rate_net", { amount: money(tax.net_minor, currency) }))),
      sumLine(t("order_total"), amount(total_minor, currency, "price price--ink"), "", "total"),
    ),
  );
}

/** @param {ShownOrder} order @param {number} now_ms */
function factsBox({ number, created_at_ms, paid_at_ms, method, note }, now_ms) {
  return el(
    "div",
    "box",
    el(
      "dl",
      "sum",
      sumLine(t("order_number"), el("span", "inline", numberText(number), navigator.clipboard ? copier(number) : null)),
      sumLine(t("order_placed"), dayTime(created_at_ms, now_ms)),
      sumLine(t("method"), t(`method_${method}`)),
      paid_at_ms === null ? null : sumLine(t("order_paid"), dayTime(paid_at_ms, now_ms)),
      note ? sumLine(t("order_note"), el("span", "shop__prose", note)) : null,
    ),
  );
}

/** @param {string} number */
function copier(number) {
  const copy = focusable(button("link", [icon("copy", "icon icon--xs")], async () => {
    await navigator.clipboard.writeText(number);
    copy.textContent = t("order_copied");
  }), "copy");
  copy.ariaLabel = t("order_copy");
  return copy;
}
