/** The head of the auction's sheet: the lot, its price, where the viewer stands, and the time. Its texts change in place. */

/** @import { AuctionShown } from "../../core/protocol.js" */
/** @import { Auction, ShownAuction } from "./auction.js" */
/** @import { Stage } from "./auction-stage.js" */
/** @import { IconName } from "../../shop/parts.js" */

import { countdown } from "../../core/rejections.js";
import { isZero, moneyParts } from "../../shop/money.js";
import { el, icon, thumb } from "../../shop/parts.js";
import { put } from "./auction-pill.js";
import { t } from "./texts.js";

/** From here on the clock is red. */
const LAST_MS = 10_000;

/** @type {Record<Stage, { key: keyof typeof import("./texts.js").TEXTS, tone: "plain" | "good" | "warn", name: IconName | null }>} */
const BADGES = {
  soon: { key: "auction_badge_soon", tone: "plain", name: "clock" },
  first: { key: "auction_badge_open", tone: "plain", name: null },
  leading: { key: "auction_badge_leading", tone: "good", name: "check" },
  outbid: { key: "auction_badge_outbid", tone: "warn", name: "alert" },
  deciding: { key: "auction_badge_deciding", tone: "plain", name: "clock" },
  asking: { key: "auction_badge_asking", tone: "plain", name: "clock" },
  won: { key: "auction_badge_sold", tone: "good", name: "check" },
  paid: { key: "auction_paid", tone: "good", name: "check" },
  offered: { key: "auction_badge_offered", tone: "warn", name: "alert" },
  out: { key: "auction_badge_sold", tone: "plain", name: null },
  sold: { key: "auction_badge_sold", tone: "plain", name: null },
  unsold: { key: "auction_badge_unsold", tone: "plain", name: null },
  void: { key: "auction_badge_void", tone: "plain", name: null },
};

export class AuctionHead {
  #title;
  #picture = el("span", "auction__picture");
  #image = "";
  #sign = el("i", "");
  #whole = el("span", "");
  #fraction = el("small", "");
  #what = el("span", "auction__what");
  #badge = el("span", "auction__badge");
  #stage = "";
  #clockWords = el("span", "auction__clock-words");
  #minutes = el("b", "");
  #seconds = el("b", "");
  #clock = el("span", "auction__clock", this.#minutes, ":", this.#seconds);
  #words;
  #lot;
  #line = el("div", "auction__line", this.#badge, el("span", "auction__end", this.#clockWords, this.#clock));

  /** @param {HTMLElement} title the view's, which the focus goes to */
  constructor(title) {
    this.#title = title;
    const price = el("p", "auction__price", el("span", "auction__amount", this.#sign, this.#whole, this.#fraction), this.#what);
    this.#words = el("div", "grow stack", price);
    this.#lot = el("div", "auction__lot", this.#picture, this.#words);
    this.#clock.setAttribute("role", "timer");
    this.#picture.append(thumb("", "thumb thumb--m"));
  }

  /** Put the lot between the tools of a head. @param {HTMLElement} head */
  lay(head) {
    this.#words.prepend(this.#title);
    const tools = [...head.querySelectorAll(".tool")];
    head.replaceChildren(...tools.slice(0, -1), this.#lot, ...tools.slice(-1), this.#line);
  }

  /** @param {Auction} auction @param {ShownAuction} shown @param {Stage} stage @param {{ title: string, image: string | undefined }} lot */
  update(auction, { campaign, left_ms }, stage, { title, image = "" }) {
    const { detail } = campaign;
    put(this.#title, title);
    if (image !== this.#image) this.#picture.replaceChildren(thumb(image, "thumb thumb--m"));
    this.#image = image;
    const { symbol, whole, fraction } = moneyParts(stage === "offered" ? (auction.mine.offer?.price_minor ?? detail.price_minor) : detail.price_minor, detail.currency);
    put(this.#sign, symbol);
    put(this.#whole, whole);
    put(this.#fraction, isZero(fraction) ? "" : fraction);
    put(this.#what, priceWords(stage, detail.bids));
    this.#showBadge(stage);
    this.#showClock(auction, stage, left_ms, detail);
  }

  /** @param {Stage} stage */
  #showBadge(stage) {
    if (stage === this.#stage) return;
    this.#stage = stage;
    const { key, tone, name } = BADGES[stage];
    this.#badge.dataset["tone"] = tone;
    this.#badge.replaceChildren(...(name ? [icon(name, "icon icon--xs")] : []), t(key));
  }

  /** @param {Auction} auction @param {Stage} stage @param {number} left_ms @param {AuctionShown} detail */
  #showClock(auction, stage, left_ms, { extensions, late_s }) {
    const isBidding = stage === "soon" || stage === "first" || stage === "leading" || stage === "outbid";
    const ms = isBidding ? left_ms : stage === "won" || stage === "offered" ? auction.toAnswerMs : null;
    this.#clock.hidden = ms === null;
    put(this.#clockWords, clockWords(stage, extensions, late_s));
    this.#clockWords.dataset["tone"] = isBidding && stage !== "soon" && extensions > 0 ? "warn" : "plain";
    if (ms === null) return;
    const [minutes = "", seconds = ""] = countdown(ms).split(":");
    put(this.#minutes, minutes.padStart(2, "0"));
    put(this.#seconds, seconds);
    this.#clock.dataset["tone"] = ms <= LAST_MS && stage !== "soon" ? "last" : "plain";
  }
}

/** @param {Stage} stage @param {number} bids */
function priceWords(stage, bids) {
  if (stage === "won" || stage === "paid") return t("auction_yours");
  if (bids === 0) return t("auction_start");
  if (stage === "sold" || stage === "out") return t("auction_final", { bids });
  if (stage === "unsold" || stage === "void") return t("auction_last", { bids });
  return stage === "offered" || stage === "asking" ? "" : t("auction_now", { bids });
}

/** @param {Stage} stage @param {number} extensions @param {number} late_s */
function clockWords(stage, extensions, late_s) {
  if (stage === "soon") return t("auction_to_start");
  if (stage === "won") return t("auction_to_pay");
  if (stage === "offered") return t("auction_to_accept");
  const isOpen = stage === "first" || stage === "leading" || stage === "outbid";
  return isOpen && extensions > 0 ? t("auction_extended", { seconds: late_s * extensions }) : "";
}
