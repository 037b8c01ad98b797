/** The parts of the draw's sheet. */

/** @import { Author, DrawShown, MyPrize, PrizeGoods } from "../../core/protocol.js" */

import { avatar } from "../../core/avatar.js";
import { coinText } from "../../core/coins.js";
import { below } from "../../core/dom.js";
import { build } from "../../core/markup.js";
import { nameOf } from "../../core/person-name.js";
import { listPrice } from "../../shop/money.js";
import { dayTime } from "../../shop/times.js";
import { SHIELD, TICK, el } from "../sheet-parts.js";
import { t } from "./texts.js";

/** A lucky bag, drawn. */
export const BAG =
  '<svg viewBox="0 0 64 64" aria-hidden="true"><path d="M22 18h20l10 22c4 10-4 18-12 18H24c-8 0-16-8-12-18z" fill="#7a4de0"/><path d="M20 8l6 8h12l6-8-8 3-4-5-4 5z" fill="#9a74f0"/><rect x="20" y="15" width="24" height="5" rx="2.500" fill="#ffd978"/><path d="M32 28l3.500 7 7.500 1-5.500 5.300 1.300 7.500L32 45.200l-6.800 3.600 1.300-7.500L21 36l7.500-1z" fill="#ffd978"/></svg>';

/** A condition, ticked off or with its number. @param {number} number @param {boolean} isMet @param {string} text @param {string} detail @param {HTMLElement | null} [side] */
export function condition(number, isMet, text, detail, side = null) {
  const mark = el("span", "draw__mark", isMet ? null : String(number));
  if (isMet) mark.append(build(TICK));
  const row = el("li", "draw__condition", mark, el("span", "draw__words", el("b", "", text), el("small", "", detail)), side);
  row.dataset["met"] = String(isMet);
  return row;
}

/** How far one is. @param {number} part of 1 @param {string} text */
export function bar(part, text) {
  const element = el("progress", "draw__bar");
  element.value = part;
  element.setAttribute("aria-label", text);
  return element;
}

/** A line with a shield. @param {string} text @param {"info" | "fine" | "bad"} [kind] */
export function shield(text, kind = "info") {
  const element = el("p", "draw__note", build(SHIELD), el("span", "", text));
  element.dataset["kind"] = kind;
  return element;
}

/** Steps, each with a tick where it is done. @param {readonly [boolean, string][]} all */
export function steps(all) {
  const rows = all.map(([isDone, text]) => {
    const mark = el("span", "draw__mark draw__mark--small");
    if (isDone) mark.append(build(TICK));
    const row = el("li", "draw__step", mark, el("span", "", text));
    row.dataset["met"] = String(isDone);
    return row;
  });
  return el("ul", "draw__box draw__steps", ...rows);
}

/** @param {DrawShown} draw @param {readonly Author[]} people @param {string} own */
export function winnerList({ winners }, people, own) {
  const rows = winners.map(({ user_id, number }) => {
    const person = people.find((one) => one.user_id === user_id);
    const isOwn = user_id === own;
    const name = isOwn ? t("draw_me") : person ? nameOf(person) : user_id;
    const face = avatar({ user_id, name, role: "viewer", is_follower: false });
    const row = el("li", "draw__winner", face, el("b", "", name), el("span", "", t("draw_entry", { number: entryNumber(number) })));
    if (isOwn) row.dataset["own"] = "";
    return row;
  });
  return el("ol", "draw__winners", ...rows);
}

/** As on a ticket. @param {number} number */
export const entryNumber = (number) => String(number).padStart(4, "0");

/** What is won: the host's words, how many, and what each gets. @param {DrawShown} draw */
export function prize({ terms, goods = null }) {
  const { winners, prize_coins } = terms;
  const each = prize_coins > 0 ? t("draw_prizes_coins", { winners, coins: coinText(prize_coins) }) : t("draw_prizes", { winners });
  const words = goods ? t("draw_prizes_goods", { winners, price: listPrice(goods.price_minor, goods.currency) }) : each;
  return el("section", "draw__box draw__prize", goods?.image_url ? picture(goods) : build(BAG), el("p", "", el("b", "", terms.prize), el("small", "", words)));
}

/** @param {PrizeGoods} goods */
function picture({ image_url }) {
  const image = el("img", "draw__picture");
  image.alt = "";
  image.decoding = "async";
  image.onerror = () => image.replaceWith(build(BAG));
  image.src = below(image_url);
  return image;
}

/** What who won gets, and what is to be done for it. @param {DrawShown} draw @param {MyPrize | null} goods @param {number} now_ms */
export function wonText({ terms }, goods, now_ms) {
  if (goods) return prizeText(goods, now_ms);
  return terms.prize_coins > 0 ? t("draw_won_coins", { coins: coinText(terms.prize_coins) }) : t("draw_won_prize");
}

/** What became of goods that one won. @param {MyPrize} prize @param {number} now_ms */
export function prizeText({ state, claim_until_ms }, now_ms) {
  return t(`draw_prize_${state}`, { time: dayTime(claim_until_ms, now_ms) });
}
