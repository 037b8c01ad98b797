/** What a viewer's own danmu asked for, offered above the field they wrote it in; nobody else sees it. */

/** @import { Wanted } from "./comment-buy.js" */

import { find } from "../core/dom.js";
import { CROSS } from "../core/markup.js";
import { listPrice } from "./money.js";
import { specText } from "./sku-choice.js";
import { t, translate } from "./texts.js";

const LASTS_MS = 20_000;

/** Events out: `wanted` with the `Wanted` that was tapped. */
export class BuyOffer extends HTMLElement {
  static translate = translate;
  static markup = `
    <div class="offer" role="status" hidden>
      <button class="offer__buy" type="button"></button>
      <button class="offer__close" type="button" data-label="offer_close">${CROSS}</button>
    </div>
  `;

  #box = find(this, ".offer", HTMLElement);
  #buy = find(this, ".offer__buy", HTMLButtonElement);
  #ending = 0;

  connectedCallback() {
    find(this, ".offer__close", HTMLButtonElement).onclick = () => this.hide();
    // The field keeps the focus until the tap is over: what it shows makes room below.
    this.#box.onpointerdown = (event) => event.preventDefault();
  }

  /** @param {Wanted} wanted @param {string} currency */
  show(wanted, currency) {
    const { product, sku, quantity } = wanted;
    const specs = specText(sku.specs);
    const what = [specs, quantity > 1 ? `× ${quantity}` : ""].filter((part) => part !== "").join(" ");
    const price = listPrice(sku.price_minor * quantity, currency);
    this.#buy.textContent = t(what ? "offer_what" : "offer", { number: product.number, what, price });
    this.#buy.onclick = () => {
      this.hide();
      this.dispatchEvent(new CustomEvent("wanted", { detail: wanted }));
    };
    this.#box.hidden = false;
    clearTimeout(this.#ending);
    this.#ending = window.setTimeout(() => this.hide(), LASTS_MS);
  }

  hide() {
    clearTimeout(this.#ending);
    this.#box.hidden = true;
  }
}
