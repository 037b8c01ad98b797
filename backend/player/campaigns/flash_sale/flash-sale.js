/** The flash sale of the room, as the shop's views see it: what is sold so, for how much, and since when. */

/** @import { FlashOffer, FlashSaleShown } from "../../core/protocol.js" */
/** @import { RoomEvent } from "../../core/socket.js" */
/** @import { Shown } from "../campaign-follower.js" */

import { countdown } from "../../core/rejections.js";
import { CampaignFollower } from "../campaign-follower.js";
import { t } from "./texts.js";

export class FlashSale {
  /** @type {Shown<FlashSaleShown> | null} */
  #shown = null;
  #follower;

  /**
   * @param {() => number | null} now the server's time, in ms; null while it is not known
   * @param {() => void} onChanged called at each change, each second, and at the very start
   */
  constructor(now, onChanged) {
    this.#follower = new CampaignFollower("flash_sale", now, (shown) => {
      const hadNone = this.#shown === null;
      this.#shown = shown;
      if (shown !== null || !hadNone) onChanged();
    });
  }

  /** @param {RoomEvent} event */
  apply(event) {
    this.#follower.apply(event);
  }

  /** The sale while it is announced or open; null else. */
  get running() {
    return this.#shown && (this.#shown.phase === "preheat" || this.#shown.phase === "open") ? this.#shown : null;
  }

  /** Whether it is announced and not open yet. */
  get isWaiting() {
    return this.running?.phase === "preheat";
  }

  /** What changes what is quoted: which sale, and where it is. */
  get state() {
    const shown = this.#shown;
    return shown ? `${shown.campaign.campaign_id} ${shown.phase}` : "";
  }

  /** Time to the start, or to the end: "00:47". */
  get time() {
    return countdown(this.running?.left_ms ?? 0);
  }

  /** The words over a product in the sale. */
  get heading() {
    return t(this.isWaiting ? "flash_starts" : "flash_ends");
  }

  /** What one buyer gets; Infinity where there is no limit. */
  get perBuyer() {
    return this.running?.campaign.detail.per_buyer ?? Infinity;
  }

  /** @param {string} sku_id @returns {FlashOffer | null} of a SKU that is in the running sale */
  offerOf(sku_id) {
    return this.running?.campaign.detail.offers.find((offer) => offer.sku_id === sku_id) ?? null;
  }

  /** What is cheapest of a product in the running sale, that is still there if any is. @param {string} product_id as cards call it */
  offerOfCard(product_id) {
    const detail = this.running?.campaign.detail;
    if (!detail || !isOfCard(detail.spu_id, product_id)) return null;
    return [...detail.offers].sort((a, b) => Number(b.left > 0) - Number(a.left > 0) || a.price_minor - b.price_minor)[0] ?? null;
  }

  /** The sale that a quote is asked for before it opens. @param {readonly { sku_id: string }[]} lines */
  waitingFor(lines) {
    return this.isWaiting && lines.some(({ sku_id }) => this.offerOf(sku_id)) ? (this.running?.campaign.campaign_id ?? null) : null;
  }
}

/** A shop of several rooms puts the room before a product's id. @param {string} spu_id @param {string} product_id */
const isOfCard = (spu_id, product_id) => spu_id === product_id || spu_id.endsWith(`:${product_id}`);
