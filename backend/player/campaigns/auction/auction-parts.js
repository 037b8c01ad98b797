/** The parts of the auction's sheet that are drawn anew only when what they say changes. */

/** @import { AuctionShown, ShownBid } from "../../core/protocol.js" */
/** @import { Auction } from "./auction.js" */
/** @import { SavedAddress } from "../../core/protocol.js" */
/** @import { Child } from "../../shop/parts.js" */

import { avatar } from "../../core/avatar.js";
import { language } from "../../core/i18n.js";
import { listPrice, money } from "../../shop/money.js";
import { amount, el, icon, redraw, sumLine } from "../../shop/parts.js";
import { t } from "./texts.js";

const MOST_QUICK = 3;

/** A part that is drawn anew where its key is another one; nothing to draw hides it. */
export class Part {
  element;
  #key = "";

  /** @param {string} className */
  constructor(className) {
    this.element = el("div", className);
    this.element.hidden = true;
  }

  /** @param {unknown} key all that it shows; null for nothing @param {() => Child[]} draw */
  show(key, draw) {
    const text = key === null ? "" : JSON.stringify(key);
    if (text === this.#key) return;
    this.#key = text;
    this.element.hidden = key === null;
    redraw(this.element, ...(key === null ? [] : draw()));
  }
}

/** The bids that the room tells of, the last first. @param {Auction} auction @param {AuctionShown} detail @param {number} opens_at_ms */
export function bidLog(auction, { log, currency, outcome, late_s }, opens_at_ms) {
  const rows = log.map((bid, at) => {
    const isLast = outcome === null && at === log.length - 1;
    const row = bidRow(auction, bid.user_id, dayClock(opens_at_ms + bid.after_ms), listPrice(bid.price_minor, currency), tagsOf(auction, bid, { isLast, late_s }));
    row.classList.toggle("auction__out", bid.is_out);
    return row;
  });
  return el("ol", "auction__bids", ...rows.reverse());
}

/** What a bid made of it. @param {Auction} auction @param {ShownBid} bid @param {{ isLast: boolean, late_s: number }} of `isLast`: the last one, of an auction that runs */
function tagsOf(auction, { user_id, leader_id, is_out, has_moved_end }, { isLast, late_s }) {
  const tags = has_moved_end ? [el("span", "tag tag--warn", t("auction_moved_end", { seconds: late_s }))] : [];
  if (is_out) tags.push(el("span", "tag tag--grey", t("auction_taken_out")));
  // A bid may raise the price without taking the lead: another's maximum was higher.
  else if (leader_id !== user_id) tags.push(el("span", "tag tag--grey one", ledText(auction, leader_id, isLast)));
  else if (isLast) tags.push(el("span", "tag", t("auction_leads")));
  return tags;
}

/** @param {Auction} auction @param {string} leader_id @param {boolean} isLast */
function ledText(auction, leader_id, isLast) {
  if (auction.isMe(leader_id)) return t(isLast ? "auction_you_lead" : "auction_you_led");
  return t(isLast ? "auction_still_leads" : "auction_led", { name: auction.nameOf(leader_id) });
}

/** @param {Auction} auction @param {string} user_id @param {string} time @param {string} price @param {Child[]} tags */
function bidRow(auction, user_id, time, price, tags) {
  const isMine = auction.isMe(user_id);
  const words = isMine ? t("auction_me") : auction.nameOf(user_id);
  return el("li", isMine ? "auction__mine" : "", avatar({ user_id, name: words, role: "viewer", is_follower: false }), el("span", "grow auction__who", el("span", "one", words), ...tags), el("span", "t12 dimmer", time), el("b", "auction__much", price));
}

/** The amounts after the next one, each a step further. @param {AuctionShown} detail */
export function quickAmounts({ next_minor, steps }) {
  const found = [];
  for (let minor = next_minor, count = 0; count < MOST_QUICK; count += 1) {
    minor += 2 * stepAt(steps, minor);
    found.push(minor);
  }
  return found;
}

/** How far a bid must go beyond a price. @param {AuctionShown["steps"]} steps @param {number} minor */
export const stepAt = (steps, minor) => [...steps].reverse().find(({ from_minor }) => from_minor <= minor)?.step_minor ?? 0;

/** What is to be known before the first bid. @param {{ one: SavedAddress | null, shipping: string, rules: { text: string, isMet: boolean }[], change: HTMLElement }} what */
export function conditions({ one, shipping, rules, change }) {
  const address = one ? t("auction_address", { address: `${one.address.name}，${one.address.city}${one.address.district}` }) : t("auction_address_none");
  return [
    el("p", "box__title", t("auction_before")),
    el(
      "ul",
      "auction__conds",
      // Who may not bid need not write an address first.
      ...rules.map(({ text, isMet }, place) => condition(1 + place, isMet, text)),
      condition(rules.length + 1, one !== null, address, change),
      condition(rules.length + 2, shipping !== "", shipping || t("auction_pay_within")),
      condition(rules.length + 3, false, t("auction_defaults")),
    ),
  ];
}

/** @param {number} place @param {boolean} isDone @param {string} text @param {Child} action */
function condition(place, isDone, text, action = null) {
  const mark = el("span", "auction__mark", isDone ? icon("check", "icon icon--xs") : String(place));
  mark.setAttribute("aria-hidden", "true");
  return el("li", `auction__cond${isDone ? " auction__cond--done" : ""}`, mark, el("span", "grow", text), action);
}

/** What the winner pays. @param {AuctionShown} detail @param {{ price_minor: number, shipping_minor: number, total_minor: number }} sum */
export function winnerSum({ currency }, { price_minor, shipping_minor, total_minor }) {
  const tax_minor = total_minor - price_minor - shipping_minor;
  return el(
    "dl",
    "sum",
    sumLine(t("auction_hammer"), money(price_minor, currency)),
    sumLine(t("auction_shipping"), money(shipping_minor, currency)),
    tax_minor > 0 ? sumLine(t("auction_tax"), money(tax_minor, currency)) : null,
    sumLine(t("auction_total"), amount(total_minor, currency), "", "total"),
  );
}

/** 15:42:05. @param {number} at_ms */
const dayClock = (at_ms) => new Intl.DateTimeFormat(language() === "zh" ? "zh-CN" : "en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false }).format(at_ms);
