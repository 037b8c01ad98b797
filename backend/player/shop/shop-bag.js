/** The bag in the bar: the way into the shop. */

import { find } from "../core/dom.js";
import { translate } from "./texts.js";

export class ShopBag extends HTMLElement {
  static translate = translate;
  static markup = `
    <button class="round shop-open" type="button" data-label="shop_open">
      <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M5 8h14l1 12H4z" fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round"/><path d="M8.500 10V7a3.500 3.500 0 0 1 7 0v3" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"/></svg>
    </button>
  `;

  connectedCallback() {
    find(this, "button", HTMLButtonElement).onclick = () => this.dispatchEvent(new CustomEvent("open-shop"));
  }
}
