/** The boxes of cases. */

/** @import { Case, CaseChange, Order, OrderLine } from "../core/protocol.js" */

import { nextOf, nowOfCase, stepsOf } from "./case-words.js";
import { money } from "./money.js";
import { amount, button, el, focusable, icon, sumLine, thumb } from "./parts.js";
import { t } from "./sheet-texts.js";
import { specText } from "./sku-choice.js";
import { dayTime } from "./times.js";

/** `OwnReason` of the contract: of those that cases have. */
const OWN_REASONS = /** @type {const} */ ({
  not_sent_back_in_time: "own_not_sent_back_in_time",
  nobody_answered_in_time: "own_nobody_answered_in_time",
  shipping_not_needed: "own_shipping_not_needed",
});

/** @param {string} reason @returns {reason is keyof typeof OWN_REASONS} */
const isOwn = (reason) => Object.hasOwn(OWN_REASONS, reason);

/** The cases of an order, each with the way to it. @param {readonly Case[]} cases @param {(one: Case) => void} onTap */
export function casesBox(cases, onTap) {
  if (cases.length === 0) return null;
  return el("div", "box", el("h3", "box__title", icon("returning", "icon icon--s"), t("cases")), el("ul", "shop__list", ...cases.map((one) => caseRow(one, onTap))));
}

/** @param {Case} one @param {(one: Case) => void} onTap */
function caseRow(one, onTap) {
  const { key, tone } = nowOfCase(one);
  const open = button("btn btn--s btn--line", [t("order_details")], () => onTap(one));
  open.setAttribute("aria-label", t("case_details"));
  const words = el("span", "grow stack", el("span", `t14 strong tone--${tone}`, t(key)), el("span", "t12 dimmer", `${t(`case_${one.kind}`)} ${money(one.goods_minor + one.shipping_minor, one.currency)}`));
  return el("li", "inline", words, focusable(open, one.case_id));
}

/** @param {Case} one @param {number} now_ms */
export function headOf(one, now_ms) {
  const next = nextOf(one);
  return el("div", "", el("p", "shop__now", t(nowOfCase(one).key)), next ? el("p", "shop__next t14 dim", t(next, { time: dayTime(one.due_at_ms ?? now_ms, now_ms) })) : null);
}

/** @param {Case} one */
export function stepsBox(one) {
  const steps = stepsOf(one).map(({ state, mark }) => {
    const step = el("li", mark, mark === "now" ? t(`case_wait_${state}`) : t(`case_step_${state}`));
    if (mark === "now") step.setAttribute("aria-current", "step");
    return step;
  });
  return el("div", "box box--steps", el("ol", "steps", ...steps));
}

/** What it is about, and what goes back. @param {Case} one @param {Order} order */
export function claimBox(one, order) {
  const lines = one.lines.flatMap(({ line, quantity }) => {
    const bought = order.lines.find((other) => other.line === line);
    return bought ? [goodsLine(bought, quantity)] : [];
  });
  const isMoney = one.kind !== "exchange" || one.state === "refunded";
  const total = one.goods_minor + one.shipping_minor;
  return el(
    "div",
    "box",
    el("ul", "shop__list", ...lines),
    isMoney ? el("dl", "sum", sumLine(t(one.state === "refunded" ? "case_refund" : "case_worth"), amount(total, one.currency), "", "total")) : null,
  );
}

/** @param {OrderLine} line @param {number} quantity @param {import("./parts.js").Child} [tail] */
export function goodsLine({ image_url, title, specs }, quantity, tail = null) {
  const choice = specText(specs);
  const count = quantity > 0 ? `× ${quantity}` : "";
  return el("li", "inline", thumb(image_url, "thumb thumb--s"), el("span", "grow stack", el("span", "t14 two", title), el("span", "t12 dimmer", [choice, count].join(" ").trim())), tail);
}

/** Where an accepted return goes, as the shop wrote it; null where it wrote nothing. @param {Case} one */
export function returnBox({ return_to }) {
  if (return_to === "") return null;
  const copy = focusable(button("link end", [icon("copy", "icon icon--s"), el("span", "", t("case_return_copy"))], copyIt), "copy_return");
  async function copyIt() {
    await navigator.clipboard.writeText(return_to);
    const words = copy.querySelector("span");
    if (words) words.textContent = t("case_return_copied");
  }
  return el("div", "box", el("div", "inline", el("h3", "box__title grow", icon("place", "icon icon--s"), t("case_return_to")), copy), el("p", "t14 shop__prose", return_to));
}

/** How the goods go back. @param {Case} one */
export function sentBox({ carrier, tracking }) {
  if (tracking === "") return null;
  return el("div", "box", el("h3", "box__title", icon("parcel", "icon icon--s"), t("case_step_sent_back")), el("p", "t13 dim shop__prose", `${carrier} ${tracking}`.trim()));
}

/** The newest first. @param {Case} one @param {number} now_ms */
export function historyBox({ changes, buyer_id }, now_ms) {
  const steps = [...changes].reverse().map((change) => {
    const words = wordsOf(change, buyer_id);
    return el("li", "", stepText(change), words ? el("span", "shop__prose trail__words", words) : null, el("time", "", dayTime(change.at_ms, now_ms)));
  });
  return el("div", "box", el("h3", "box__title", t("case_history")), el("ol", "trail", ...steps));
}

/** @param {CaseChange} change */
const stepText = ({ from_state, to_state }) => (from_state === to_state ? t("case_escalated") : t(`case_step_${to_state}`));

/** What the shop did by itself has a code. @param {CaseChange} change @param {string} buyer_id */
export function wordsOf({ actor, reason }, buyer_id) {
  if (reason === "") return "";
  if (actor !== buyer_id && isOwn(reason)) return t(OWN_REASONS[reason]);
  return actor === buyer_id ? reason : t("case_by_shop", { words: reason });
}
