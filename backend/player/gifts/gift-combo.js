/** The button that sends the same gift again while its ring shrinks: the room counts on for six seconds. */

/** @import { Gift } from "../core/protocol.js" */

import { find } from "../core/dom.js";
import { giftImage, giftName } from "./gift-catalog.js";
import { t } from "./texts.js";

/** A little less than the room's own six seconds: a tap at the end must still arrive in time. */
const OPEN_MS = 5_000;

export class GiftCombo {
  #button;
  #ring;
  /** @type {Animation | null} */
  #shrinking = null;
  #times = 0;
  #step = 1;

  /** @param {HTMLButtonElement} button @param {() => void} onAgain */
  constructor(button, onAgain) {
    this.#button = button;
    this.#ring = find(button, ".combo__ring", SVGCircleElement);
    button.onclick = onAgain;
  }

  /** @param {Gift | undefined} gift @param {number} step how many a tap sends */
  show(gift, step) {
    if (!gift) return;
    this.#times = this.#step = step;
    find(this.#button, ".combo__gift", HTMLElement).replaceChildren(giftImage(gift));
    this.#button.setAttribute("aria-label", t("gift_again", { gift: giftName(gift), count: step }));
    this.#button.hidden = false;
    this.#button.focus({ preventScroll: true });
    this.#restart();
  }

  again() {
    this.#times += this.#step;
    this.#restart();
  }

  hide() {
    this.#shrinking?.cancel();
    this.#button.hidden = true;
  }

  #restart() {
    find(this.#button, ".combo__times", HTMLElement).textContent = `×${this.#times}`;
    this.#shrinking?.cancel();
    // The ring shows time and is no decoration: without motion it goes in a few steps.
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.#shrinking = this.#ring.animate([{ strokeDashoffset: 0 }, { strokeDashoffset: 100 }], { duration: OPEN_MS, easing: isCalm ? "steps(5)" : "linear" });
    this.#shrinking.onfinish = () => this.hide();
  }
}
