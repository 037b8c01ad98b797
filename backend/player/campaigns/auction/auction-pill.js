/** The auction over the picture: the time left, the price and who leads; a tap opens its sheet. It says aloud what changes for the viewer. */

/** @import { Auction } from "./auction.js" */
/** @import { Stage } from "./auction-stage.js" */

import { find } from "../../core/dom.js";
import { build } from "../../core/markup.js";
import { countdown } from "../../core/rejections.js";
import { isGone } from "../afterwards.js";
import { placePill } from "../pills.js";
import { listPrice } from "../../shop/money.js";
import { t } from "./texts.js";

const ICON = '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M13 4l7 7-3 3-7-7zM10.500 9.500L3.500 17l3 3 7.500-7M13 21h8" fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round" stroke-linecap="round"/></svg>';
/** @type {readonly Stage[]} */
const TIMED = ["first", "leading", "outbid"];

export class AuctionPill extends HTMLElement {
  static within = ".frame";
  static markup = `
    <button class="auction-pill" type="button" hidden><span><b class="auction-pill__time"></b><i class="auction-pill__price"></i></span></button>
    <p class="auction__said" role="status"></p>
  `;

  #button = find(this, ".auction-pill", HTMLButtonElement);
  #time = find(this, ".auction-pill__time", HTMLElement);
  #price = find(this, ".auction-pill__price", HTMLElement);
  #said = find(this, ".auction__said", HTMLElement);
  /** What was said last, by the auction, the stage and the extensions. */
  #known = { campaign_id: "", stage: /** @type {Stage | null} */ (null), extensions: 0 };

  connectedCallback() {
    this.#button.prepend(build(ICON));
    placePill(this, this.#button);
    this.#button.onclick = () => this.dispatchEvent(new CustomEvent("open-auction"));
  }

  /** @param {Auction} auction @param {string} title of what is sold */
  show(auction, title) {
    const { shown, stage } = auction;
    this.#button.hidden = shown === null || isGone(shown.over_ms, stage === "paid");
    if (shown === null || stage === null) return;
    this.#button.dataset["stage"] = stage;
    put(this.#time, timeText(stage, shown.left_ms, auction.toAnswerMs ?? 0));
    put(this.#price, priceText(auction, stage));
    this.#tell(auction, stage, title);
  }

  /** Each change for the viewer once, and no price after price. @param {Auction} auction @param {Stage} stage @param {string} title */
  #tell({ shown }, stage, title) {
    if (shown === null) return;
    const { campaign_id, detail } = shown.campaign;
    const { extensions, late_s } = detail;
    const known = this.#known;
    const isOther = known.campaign_id !== campaign_id;
    const text = said(isOther ? null : known.stage, stage, detail.price_minor, detail.currency, title);
    this.#known = { campaign_id, stage, extensions };
    if (text) put(this.#said, text);
    else if (!isOther && extensions > known.extensions) put(this.#said, t("auction_said_extended", { seconds: late_s }));
  }
}

/** @param {Stage | null} before @param {Stage} stage @param {number} price_minor @param {string} currency @param {string} title */
function said(before, stage, price_minor, currency, title) {
  if (before === stage) return "";
  const price = listPrice(price_minor, currency);
  if (stage === "first") return t("auction_said_open", { title, price });
  if (stage === "leading") return t("auction_said_leading", { price });
  if (stage === "outbid") return t("auction_said_outbid", { price });
  if (stage === "won") return t("auction_said_won");
  if (stage === "offered") return t("auction_said_offered");
  return before !== null && (stage === "sold" || stage === "unsold" || stage === "void") ? t("auction_said_over") : "";
}

/** @param {Stage} stage @param {number} left_ms @param {number} answer_ms that is left to pay or to answer */
function timeText(stage, left_ms, answer_ms) {
  const time = countdown(left_ms);
  if (stage === "soon") return t("auction_pill_soon", { time });
  if (TIMED.includes(stage)) return t("auction_pill_open", { time });
  if (stage === "won") return t("auction_pill_to_pay", { time: countdown(answer_ms) });
  if (stage === "offered") return t("auction_pill_to_answer", { time: countdown(answer_ms) });
  if (stage === "asking") return t("auction_badge_asking");
  return t(stage === "deciding" ? "auction_deciding" : "auction_pill_over");
}

/** @param {Auction} auction @param {Stage} stage */
function priceText(auction, stage) {
  const detail = auction.shown?.campaign.detail;
  if (!detail) return "";
  const price = listPrice(detail.price_minor, detail.currency);
  if (stage === "won") return t("auction_pill_pay", { price });
  if (stage === "offered") return t("auction_pill_offered", { price: listPrice(auction.mine.offer?.price_minor ?? detail.price_minor, detail.currency) });
  if (stage === "leading") return t("auction_pill_you", { price });
  if (stage === "unsold") return t("auction_badge_unsold");
  if (stage === "void") return t("auction_badge_void");
  if (stage === "sold" || stage === "out" || stage === "paid") return t("auction_pill_sold", { price });
  if (detail.bids === 0) return t("auction_pill_none", { price });
  return detail.leader_id ? t("auction_pill_other", { price, name: auction.nameOf(detail.leader_id) }) : price;
}

/** @param {HTMLElement} element @param {string} text */
export function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
