/** The bag in the bar: the way into the shop. */

import { find } from "../core/dom.js";
import { t, translate } from "./texts.js";

const MOST_SHOWN = 99;

export class ShopBag extends HTMLElement {
  static translate = translate;
  static markup = `
    <button class="round shop-open" type="button" data-label="shop_open">
      <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M5 8h14l1 12H4z" fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round"/><path d="M8.500 10V7a3.500 3.500 0 0 1 7 0v3" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"/></svg>
      <span class="shop-open__count" aria-hidden="true" hidden></span>
      <span class="shop-open__news" aria-hidden="true" hidden></span>
    </button>
  `;

  connectedCallback() {
    find(this, "button", HTMLButtonElement).onclick = () => this.dispatchEvent(new CustomEvent("open-shop"));
  }

  /** Units in the cart, and messages of the shop that were not read. @param {number} units @param {number} unread */
  show(units, unread) {
    const badge = find(this, ".shop-open__count", HTMLElement);
    badge.hidden = units === 0;
    badge.textContent = units > MOST_SHOWN ? `${MOST_SHOWN}+` : String(units);
    find(this, ".shop-open__news", HTMLElement).hidden = unread === 0;
    const opens = units === 0 ? t("shop_open") : t("shop_open_cart", { count: units });
    const words = unread === 0 ? opens : t("shop_open_news", { words: opens, count: unread });
    const button = find(this, "button", HTMLButtonElement);
    button.ariaLabel = button.title = words;
  }
}
