/** The ways into the shop: the bag in the bar, and the card. Its sheets come when there is time, or when they are first wanted. */

/** @import { Panel, Tools } from "../core/feature.js" */
/** @import { RoomCoupons } from "../campaigns/coupons/room-coupons.js" */
/** @import { RoomEvent } from "../core/socket.js" */
/** @import { Wanted } from "./comment-buy.js" */
/** @import { ShopSheet } from "./shop-sheet.js" */
/** @import { WantedGift } from "./view-history.js" */

import { startAuctions } from "../campaigns/auction/start.js";
import { find } from "../core/dom.js";
import { place } from "../core/markup.js";
import { loadStyle } from "../core/styles.js";
import { BuyOffer } from "./buy-offer.js";
import { spokenIn, wantedIn } from "./comment-buy.js";
import { ProductCard } from "./product-card.js";
import { ShopBag } from "./shop-bag.js";
import { ShopModel } from "./shop-model.js";

const STYLES = ["shop/tokens.css", "shop/sheets.css", "shop/views.css", "shop/thread.css"];
/** What everybody needs comes first. */
const LOAD_AFTER_MS = 2_000;

class Buying {
  #model;
  #offer = place("buy-offer", BuyOffer);
  /** @type {Promise<ShopSheet> | null} */
  #loading = null;
  /** @type {ShopSheet | null} */
  #sheet = null;
  /** Where a reload found the shop open; it opens again when the room has let us in. */
  #isResuming = Boolean(history.state?.shop);

  /** @param {Tools} tools @param {RoomCoupons} coupons */
  constructor(tools, coupons) {
    this.#model = new ShopModel(tools, coupons);
    const bag = place("shop-bag", ShopBag);
    this.#model.onBag = () => bag.show(this.#model.cart.count, this.#model.unread);
    this.#model.onBag();
    bag.addEventListener("open-shop", () => this.#with((sheet) => sheet.showProducts()));
    const card = find(document, "product-card", ProductCard);
    this.#model.onFlash = () => card.showSale(this.#model.flash);
    card.leadTo((product_id) => this.#with((sheet) => sheet.showCard(product_id)));
    window.setTimeout(() => this.#with(() => {}), LOAD_AFTER_MS);
    document.addEventListener("danmu-accepted", (event) => this.#onDanmu(/** @type {CustomEvent<string>} */ (event).detail));
    document.addEventListener("coins-wanted", (event) => this.#with((sheet) => sheet.showCoins(/** @type {CustomEvent<WantedGift | null>} */ (event).detail)));
    startAuctions(this.#model, () => this.#with((sheet) => sheet.showAuction()));
    document.addEventListener("prize-wanted", (event) => this.#with((sheet) => sheet.showPrize(/** @type {CustomEvent<string>} */ (event).detail)));
    document.addEventListener("coupons-wanted", () => this.#with((sheet) => sheet.showCoupons()));
    this.#offer.addEventListener("wanted", (event) => this.#with((sheet) => sheet.showWanted(/** @type {CustomEvent<Wanted>} */ (event).detail)));
  }

  /** The viewer's own words may ask for a product. @param {string} text */
  async #onDanmu(text) {
    if (!spokenIn(text)) return;
    if (!this.#model.listing) await this.#model.load();
    const { listing } = this.#model;
    const wanted = listing ? wantedIn(text, listing.products) : null;
    if (wanted && listing) this.#offer.show(wanted, listing.currency);
    else this.#offer.hide();
  }

  /** @param {RoomEvent} event */
  apply(event) {
    this.#model.apply(event);
    this.#sheet?.apply(event);
    if (event.type === "viewer_changed") this.#offer.hide();
    if (event.type !== "snapshot" || !this.#isResuming) return;
    this.#isResuming = false;
    this.#with((sheet) => sheet.resume());
  }

  /** Where the line is down the sheets do not come: the next tap asks for them again. @param {(sheet: ShopSheet) => void} use */
  async #with(use) {
    try {
      use(await (this.#loading ??= this.#load()));
    } catch {
      this.#loading = null;
    }
  }

  async #load() {
    const [{ ShopSheet }] = await Promise.all([import("./shop-sheet.js"), ...STYLES.map(loadStyle)]);
    this.#sheet = place("shop-sheet", ShopSheet);
    this.#sheet.model = this.#model;
    return this.#sheet;
  }
}

/** @param {Tools} tools @param {RoomCoupons} coupons @returns {Panel} */
export const startBuying = (tools, coupons) => new Buying(tools, coupons);
