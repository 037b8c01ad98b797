/** The explain card (讲解卡): the product that the host shows now. */

/** @import { Card, Product } from "../core/protocol.js" */
/** @import { RoomEvent } from "../core/socket.js" */

import { below, find } from "../core/dom.js";
import { yuan, yuanParts } from "../core/format.js";
import { t } from "../core/i18n.js";

const LOW_STOCK = 20;
const POP_MS = 420;
const LEAVE_MS = 180;

export class ProductCard extends HTMLElement {
  #card = find(this, ".card", HTMLElement);
  #image = find(this, ".card__image", HTMLImageElement);

  connectedCallback() {
    this.#image.onerror = () => (this.#image.hidden = true);
    find(this, ".card__close", HTMLButtonElement).onclick = () => this.#hide();
  }

  /** @param {RoomEvent} event */
  apply(event) {
    switch (event.type) {
      case "snapshot":
        if (event.card) this.#show(event.card);
        else this.#hide();
        break;
      case "card_shown":
        this.#show(event.card);
        break;
      case "card_hidden":
        this.#hide();
        break;
      case "product_changed":
        if (!this.#card.hidden && this.#card.dataset["product"] === event.product.product_id) this.#show(event);
        break;
    }
  }

  /** @param {Pick<Card, "product">} card */
  #show({ product }) {
    this.#fill(product);
    this.#announce(product);
    this.#card.getAnimations().forEach((animation) => animation.cancel());
    const isThere = !this.#card.hidden && this.#card.dataset["product"] === product.product_id;
    this.#card.dataset["product"] = product.product_id;
    this.#card.hidden = false;
    if (!isThere) this.#animate([{ opacity: 0, transform: "translateY(24px) scale(.86)" }, {}], POP_MS);
  }

  async #hide() {
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
    this.#set(".card__number", t("card_number", { number: product.number }));
    this.#set(".card__title", product.title);
    const { whole, fraction } = yuanParts(product.price_fen);
    this.#set(".card__yuan", whole);
    this.#set(".card__fen", fraction);
    this.#fillMarketPrice(product);
    this.#fillStock(product.stock);
    this.#image.hidden = product.image_url === "";
    if (product.image_url) this.#image.src = below(product.image_url);
  }

  /** @param {Product} product */
  #fillMarketPrice({ market_price_fen, price_fen }) {
    const element = find(this, ".card__market-price", HTMLElement);
    const isHigher = market_price_fen !== null && market_price_fen > price_fen;
    element.hidden = !isHigher;
    if (!isHigher) return;
    element.textContent = yuan(market_price_fen);
    element.setAttribute("aria-label", t("card_market_price", { price: yuan(market_price_fen) }));
  }

  /** @param {number} stock */
  #fillStock(stock) {
    const level = stock <= 0 ? "sold_out" : stock <= LOW_STOCK ? "stock_low" : "stock";
    this.#card.dataset["stock"] = level;
    this.#set(".card__stock", t(`card_${level}`, { count: stock }));
  }

  /** @param {Product} product */
  #announce({ number, title, price_fen }) {
    this.#set(".card__announcement", t("card_announcement", { number, title, price: yuan(price_fen) }));
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
