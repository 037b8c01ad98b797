/** What the auction's sheet says where the viewer stands, and what its button does. */

/** @import { Auction, ShownAuction } from "./auction.js" */
/** @import { Stage } from "./auction-stage.js" */

import { language } from "../../core/i18n.js";
import { countdown } from "../../core/rejections.js";
import { listPrice, money } from "../../shop/money.js";
import { t } from "./texts.js";

/** @param {Auction} auction @param {ShownAuction["campaign"]} campaign @param {Stage} stage @returns {string} empty for nothing */
export function noteText(auction, campaign, stage) {
  const { detail } = campaign;
  const price = listPrice(detail.price_minor, detail.currency);
  if (stage === "outbid" || stage === "leading" || stage === "first") return openText(auction, detail, price, stage);
  if (stage === "deciding") return t("auction_deciding_note");
  if (stage === "asking") return t("auction_asking");
  if (stage === "won") return t("auction_won");
  if (stage === "offered") return t("auction_offered", { price: listPrice(auction.mine.offer?.price_minor ?? detail.price_minor, detail.currency) });
  if (stage === "void") return [t("auction_void"), campaign.public_reason].filter(Boolean).join(language() === "zh" ? "：" : " ");
  if (stage === "out") return t(auction.mine.order_id ? "auction_defaulted" : "auction_declined");
  if (stage === "unsold") return unsoldText(detail);
  if (stage !== "sold" || !detail.winner_id) return "";
  return t(detail.outcome === "awarded" ? "auction_won_by" : "auction_sold_to", { name: auction.nameOf(detail.winner_id), price });
}

/** @param {Auction} auction @param {ShownAuction["campaign"]["detail"]} detail @param {string} price @param {Stage} stage */
function openText(auction, detail, price, stage) {
  const { extensions, most_extensions, late_s, leader_id, has_reserve, is_reserve_met, bids } = detail;
  const texts = [];
  if (stage === "first" && auction.mine.is_barred) texts.push(t("auction_refused_barred"));
  if (stage === "outbid" && leader_id) texts.push(t("auction_outbid", { name: auction.nameOf(leader_id), price }));
  if (extensions > 0) texts.push(t("auction_extension", { seconds: late_s, count: extensions, most: most_extensions }));
  if (has_reserve && !is_reserve_met && bids > 0) texts.push(t("auction_reserve_open"));
  return texts.join(language() === "zh" ? "" : " ");
}

/** @param {ShownAuction["campaign"]["detail"]} detail */
function unsoldText({ bids, has_reserve, is_reserve_met }) {
  if (bids === 0) return t("auction_unsold_none");
  return t(has_reserve && !is_reserve_met ? "auction_unsold_reserve" : "auction_unsold_default");
}

/**
 * The one thing to do.
 * @param {Auction} auction @param {Stage} stage
 * @param {{ hasAddress: boolean, isReady: boolean, isOffline: boolean }} state `isReady`: the shipping to the address is known
 * @returns {{ text: string, isOff: boolean }}
 */
export function footOf(auction, stage, { hasAddress, isReady, isOffline }) {
  const { shown, mine } = auction;
  if (shown === null) return on("auction_back");
  const { detail } = shown.campaign;
  const price = listPrice(detail.next_minor, detail.currency);
  const isActing = stage === "first" || stage === "outbid" || stage === "offered";
  if (isActing && isOffline) return off("auction_offline");
  if (isActing && auction.isBidding) return off(stage === "offered" ? "auction_answering" : "auction_bidding");
  switch (stage) {
    case "soon":
      return hasAddress ? off("auction_opens", { time: countdown(shown.left_ms) }) : on("auction_address_none");
    case "first":
      if (mine.is_barred) return off("auction_barred");
      if (!hasAddress) return on("auction_address_none");
      return { text: t("auction_bid_first", { price }), isOff: !isReady };
    case "outbid":
      return on("auction_bid_again", { price });
    case "leading":
      return off("auction_leading");
    case "deciding":
      return off("auction_deciding");
    case "offered":
      return on("auction_accept", { price: listPrice(mine.offer?.price_minor ?? detail.price_minor, detail.currency) });
    case "won":
      return mine.total_minor > 0 ? on("auction_pay", { price: money(mine.total_minor, detail.currency) }) : on("auction_pay_now");
    case "paid":
      return on("auction_order");
    default:
      return on("auction_back");
  }
}

/** @typedef {Parameters<typeof t>} Words */
/** @param {Words} words */
const on = (...words) => ({ text: t(...words), isOff: false });
/** @param {Words} words */
const off = (...words) => ({ text: t(...words), isOff: true });
