/** What changed between the quote that the buyer saw and the one that counts now, side by side. */

/** @import { Quote, QuotedLine } from "../core/protocol.js" */

import { money } from "./money.js";
import { amount, el, icon, sumLine } from "./parts.js";
import { t } from "./sheet-texts.js";

/** Whether two quotes ask for the same money, line by line. @param {Quote} one @param {Quote} other */
export function isSame(one, other) {
  const sums = (/** @type {Quote} */ { currency, total_minor, shipping_minor, discount_minor, lines }) =>
    JSON.stringify([currency, total_minor, shipping_minor, discount_minor, lines.map(({ sku_id, quantity, net_minor }) => [sku_id, quantity, net_minor])]);
  return one.hash === other.hash || sums(one) === sums(other);
}

/** @param {Quote} seen @param {Quote} now */
export function changedBox(seen, now) {
  const { currency } = now;
  return el(
    "div",
    "box",
    el("h3", "box__title c-warn", icon("alert", "icon icon--s"), t("changed")),
    el(
      "dl",
      "sum",
      ...now.lines.map((line) => changedLine(line, seen.lines.find(({ sku_id }) => sku_id === line.sku_id), currency)),
      discountLine(seen, now),
      sumLine(t("shipping"), pair(seen.shipping_minor, now.shipping_minor, currency)),
      totalLine(seen, now),
    ),
  );
}

/** @param {QuotedLine} line @param {QuotedLine | undefined} before @param {string} currency */
function changedLine(line, before, currency) {
  const isChanged = before !== undefined && before.net_minor !== line.net_minor;
  const title = line.quantity > 1 ? `${line.title} × ${line.quantity}` : line.title;
  return sumLine(title, pair(before?.net_minor ?? line.net_minor, line.net_minor, currency), isChanged ? t("changed_line") : "");
}

/** @param {Quote} seen @param {Quote} now */
function discountLine(seen, now) {
  if (seen.discount_minor === 0 && now.discount_minor === 0) return null;
  return sumLine(t("discount"), pair(-seen.discount_minor, -now.discount_minor, now.currency));
}

/** @param {Quote} seen @param {Quote} now */
function totalLine(seen, now) {
  return sumLine(t("changed_total"), el("span", "inline", old(seen.total_minor, seen.currency), amount(now.total_minor, now.currency)), "", "total");
}

/** @param {number} before @param {number} after @param {string} currency */
function pair(before, after, currency) {
  if (before === after) return money(after, currency);
  return el("span", "inline", old(before, currency), el("b", "", money(after, currency)));
}

/** @param {number} minor @param {string} currency */
const old = (minor, currency) => el("s", "was", money(minor, currency));
