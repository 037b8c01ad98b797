/** The explain card (讲解卡): the product that the host shows now. */

/** @import { Card, Product, ProductStock } from "../core/protocol.js" */
/** @import { RoomEvent } from "../core/socket.js" */
/** @import { FlashSale } from "../campaigns/flash_sale/flash-sale.js" */

import { below, find } from "../core/dom.js";
import { CROSS } from "../core/markup.js";
import { isZero, listPrice, moneyParts } from "./money.js";
import { t, translate } from "./texts.js";

const LOW_STOCK = 20;
/** Below this the room says exactly how many units are left. */
const EXACT_BELOW = 10;
const POP_MS = 420;
const LEAVE_MS = 180;
/** A screen reader says what comes into a live region that it knows already, not what the region came with. */
const ANNOUNCE_AFTER_MS = 150;

export class ProductCard extends HTMLElement {
  static translate = translate;
  static markup = `
    <p class="card__announcement" role="status"></p>
    <section class="card" hidden>
      <div class="card__sale" hidden></div>
      <div class="card__picture">
        <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M5 8h14l1 12H4z" fill="none" stroke="currentColor" stroke-width="1.600" stroke-linejoin="round"/><path d="M8.500 10V7a3.500 3.500 0 0 1 7 0v3" fill="none" stroke="currentColor" stroke-width="1.600" stroke-linecap="round"/></svg>
        <img class="card__image" alt="" width="104" height="104" decoding="async" hidden>
        <span class="card__number"></span>
      </div>
      <div class="card__body">
        <p class="card__label"><span class="card__beat" aria-hidden="true"><i></i><i></i><i></i></span><span data-text="card_explaining"></span></p>
        <h2 class="card__title"></h2>
        <p class="card__stock"></p>
        <p class="card__prices">
          <strong class="card__price"><span class="card__currency"></span><span class="card__whole"></span><span class="card__fraction"></span><span class="card__from"></span></strong>
          <s class="card__market-price" hidden></s>
          <button class="card__buy" type="button" hidden></button>
        </p>
      </div>
      <button class="card__close" type="button" data-label="card_close">
        ${CROSS}
      </button>
    </section>
  `;

  #card = find(this, ".card", HTMLElement);
  #image = find(this, ".card__image", HTMLImageElement);
  #announcing = 0;
  /** @type {Product | null} */
  #product = null;
  /** What the room says is left, by product of the shop. @type {Map<string, number>} */
  #left = new Map();
  #buy = find(this, ".card__buy", HTMLButtonElement);
  /** @type {((product_id: string) => void) | null} */
  #onWanted = null;
  /** @type {FlashSale | null} */
  #sale = null;
  /** Which sale was said aloud, and where it was then. */
  #saidSale = "";

  connectedCallback() {
    this.#card.onclick = ({ target }) => this.#want(target);
    this.#image.onerror = () => (this.#image.hidden = true);
    find(this, ".card__close", HTMLButtonElement).onclick = () => this.#hide();
  }

  /** Where the card leads; before that is there, it has no button. @param {(product_id: string) => void} onWanted */
  leadTo(onWanted) {
    this.#onWanted = onWanted;
    this.#buy.hidden = false;
  }

  /** Show a product that is in a flash sale as the sale has it; nothing else of the card changes. @param {FlashSale} sale */
  async showSale(sale) {
    this.#sale = sale;
    if (!this.#product) return;
    if (!sale.offerOfCard(this.#product.product_id)) return this.#fill(this.#product);
    const { fillSale } = await import("../campaigns/flash_sale/flash-card.js");
    const offer = this.#product && sale.offerOfCard(this.#product.product_id);
    if (!this.#product || !offer) return;
    this.#fillPrice(offer.left > 0 ? { ...this.#product, ...offer, is_from: this.#product.is_from && offer.left > 0 } : this.#product);
    this.#fillMarketPrice(offer.left > 0 ? { ...this.#product, ...offer } : this.#product);
    // What was said of units that are gone by now must not stand on.
    this.#fillStock(this.#product);
    const said = fillSale(this.#card, this.#buy, sale, offer, this.#product);
    if (said && this.#saidSale !== sale.state) this.#set(".card__announcement", said);
    this.#saidSale = sale.state;
  }

  /** All of the card is the button's to a finger, but for the cross; the keyboard has the button. @param {EventTarget | null} target */
  #want(target) {
    const isCross = target instanceof Element && target.closest(".card__close") !== null;
    if (!isCross) this.#onWanted?.(this.#card.dataset["product"] ?? "");
  }

  /** @param {RoomEvent} event */
  apply(event) {
    switch (event.type) {
      case "snapshot":
        this.#left.clear();
        this.#count(event.stock);
        if (event.card) this.#show(event.card);
        else this.#hide();
        break;
      case "card_shown":
        this.#show(event.card);
        break;
      case "card_hidden":
        this.#hide();
        break;
      case "stock_changed":
        this.#count(event.products);
        if (this.#product) this.#fill(this.#product);
        if (this.#sale) this.showSale(this.#sale);
        break;
      case "product_changed":
        if (!this.#card.hidden && this.#card.dataset["product"] === event.product.product_id) this.#show(event);
        break;
    }
  }

  /** @param {Pick<Card, "product">} card */
  #show({ product }) {
    this.#fill(product);
    this.#saidSale = "";
    if (this.#sale) this.showSale(this.#sale);
    // In a running sale its own sentence says the price.
    if (!this.#sale?.offerOfCard(product.product_id)?.left) this.#announce(product);
    this.#card.getAnimations().forEach((animation) => animation.cancel());
    const isThere = !this.#card.hidden && this.#card.dataset["product"] === product.product_id;
    this.#card.dataset["product"] = product.product_id;
    this.#card.hidden = false;
    if (!isThere) this.#animate([{ opacity: 0, transform: "translateY(24px) scale(.86)" }, {}], POP_MS);
  }

  async #hide() {
    clearTimeout(this.#announcing);
    find(this, ".card__announcement", HTMLElement).textContent = "";
    if (this.#card.hidden) return;
    const leaving = this.#animate([{}, { opacity: 0, transform: "translateY(16px) scale(.94)" }], LEAVE_MS);
    try {
      await leaving.finished;
      this.#card.hidden = true;
    } catch {
      // Cancelled: another card came meanwhile.
    }
  }

  /** @param {Product} product */
  #fill(product) {
    find(this, ".card__sale", HTMLElement).hidden = true;
    this.#set(".card__number", t("card_number", { number: product.number }));
    this.#set(".card__title", product.title);
    this.#fillPrice(product);
    this.#fillMarketPrice(product);
    this.#product = product;
    this.#fillStock(product);
    this.#image.hidden = product.image_url === "";
    if (product.image_url) this.#image.src = below(product.image_url);
  }

  /** @param {Product} product */
  #fillPrice({ price_minor, currency, is_from }) {
    const { symbol, whole, fraction } = moneyParts(price_minor, currency);
    this.#set(".card__currency", symbol);
    this.#set(".card__whole", whole);
    this.#set(".card__fraction", isZero(fraction) ? "" : fraction);
    this.#set(".card__from", is_from ? t("card_from") : "");
  }

  /** @param {Product} product */
  #fillMarketPrice({ reference_minor, price_minor, currency }) {
    const element = find(this, ".card__market-price", HTMLElement);
    const isHigher = reference_minor !== null && reference_minor > price_minor;
    element.hidden = !isHigher;
    if (!isHigher) return;
    const price = listPrice(reference_minor, currency);
    element.textContent = price;
    element.setAttribute("aria-label", t("card_market_price", { price }));
  }

  /** @param {readonly ProductStock[]} products */
  #count(products) {
    for (const { spu_id, left } of products) this.#left.set(spu_id, left);
  }

  /** Exact where few are; of many, the room says how many there are at least. @param {Product} product */
  #fillStock({ product_id, stock }) {
    const told = this.#leftOf(product_id);
    const left = told ?? stock;
    const isLeast = told !== undefined && told >= EXACT_BELOW;
    const level = left <= 0 ? "sold_out" : left <= LOW_STOCK && !isLeast ? "stock_low" : "stock";
    this.#card.dataset["stock"] = level;
    this.#buy.textContent = t(left <= 0 ? "card_look" : "card_buy");
    this.#set(".card__stock", t(`card_${level}`, { count: isLeast ? `${left}+` : left }));
  }

  /** A shop of several rooms puts the room before a product's id. @param {string} product_id */
  #leftOf(product_id) {
    for (const [spu_id, left] of this.#left) if (spu_id === product_id || spu_id.endsWith(`:${product_id}`)) return left;
    return undefined;
  }

  /** @param {Product} product */
  #announce({ number, title, price_minor, currency }) {
    clearTimeout(this.#announcing);
    const text = t("card_announcement", { number, title, price: listPrice(price_minor, currency) });
    this.#announcing = window.setTimeout(() => this.#set(".card__announcement", text), ANNOUNCE_AFTER_MS);
  }

  /** @param {string} selector @param {string} text */
  #set(selector, text) {
    find(this, selector, HTMLElement).textContent = text;
  }

  /** @param {Keyframe[]} keyframes @param {number} duration */
  #animate(keyframes, duration) {
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    return this.#card.animate(keyframes, {
      duration: isCalm ? 0 : duration,
      easing: "cubic-bezier(.2, 1.4, .4, 1)",
    });
  }
}
