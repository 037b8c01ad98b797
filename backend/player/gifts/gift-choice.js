/** Which gift is chosen, and how many of it: the buttons, and what it costs. */

/** @import { Gift } from "../core/protocol.js" */

import { countButton, giftItem } from "./gift-buttons.js";

const COUNTS = [1, 10, 66];

export class GiftChoice {
  #list;
  #counts;
  #onChosen;
  /** @type {Map<string, Gift>} */
  gifts = new Map();
  gift_id = "";
  count = 1;

  /**
   * @param {HTMLElement} list of gifts
   * @param {HTMLElement} counts
   * @param {() => void} onChosen
   */
  constructor(list, counts, onChosen) {
    this.#list = list;
    this.#counts = counts;
    this.#onChosen = onChosen;
    counts.append(...COUNTS.map((count) => countButton(count, () => this.#choose(this.gift_id, count))));
  }

  /** The first of them is chosen, unless one was before. @param {Map<string, Gift>} gifts */
  fill(gifts) {
    this.gifts = gifts;
    if (this.#list.childElementCount === 0) this.#list.append(...[...gifts.values()].map((gift) => giftItem(gift, () => this.#choose(gift.gift_id, this.count))));
    this.gift_id ||= gifts.keys().next().value ?? "";
  }

  get gift() {
    return this.gifts.get(this.gift_id);
  }

  /** In coins; 0 before there is any gift. */
  get price() {
    return this.count * this.priceOf(this.gift_id);
  }

  /** @param {string} gift_id */
  priceOf(gift_id) {
    return this.gifts.get(gift_id)?.coins ?? 0;
  }

  render() {
    for (const button of this.#list.querySelectorAll("button")) press(button, button.dataset["gift"] === this.gift_id);
    for (const button of this.#counts.querySelectorAll("button")) press(button, button.dataset["count"] === String(this.count));
  }

  /** @param {string} gift_id @param {number} count */
  #choose(gift_id, count) {
    this.gift_id = gift_id;
    this.count = count;
    this.#onChosen();
  }
}

/** @param {Element} button @param {boolean} isChosen */
const press = (button, isChosen) => button.setAttribute("aria-pressed", String(isChosen));
